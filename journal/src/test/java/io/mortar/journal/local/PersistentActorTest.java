package io.mortar.journal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import com.typesafe.config.Config;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.testkit.DirectoryCopy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed persistent actors on the local journal, through restarts and crashes. */
class PersistentActorTest {
    @TempDir
    Path directory;

    private ActorTestKit kit;
    private TestProbe<String> replies;

    @BeforeEach
    void start() {
        start(directory.resolve("journal"));
    }

    private void start(Path journal) {
        Config config = JournalSystem.localConfig(journal);
        kit = ActorTestKit.create("persistent-actor-test", config);
        replies = kit.createTestProbe();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private record Add(String word, ActorRef<String> replyTo) {}

    /** Collects words; its state, its events and its replies are strings. */
    private static final class Words extends EventSourcedBehavior<Add, String, String> {
        private final int snapshotEvery;

        Words(String id, int snapshotEvery) {
            super(PersistenceId.ofUniqueId(id));
            this.snapshotEvery = snapshotEvery;
        }

        @Override
        public String emptyState() {
            return "";
        }

        @Override
        public CommandHandler<Add, String, String> commandHandler() {
            return (state, add) -> add.word().isEmpty()
                    ? Effect().reply(add.replyTo(), state)
                    : Effect().persist(add.word()).thenReply(add.replyTo(), after -> after);
        }

        @Override
        public EventHandler<String, String> eventHandler() {
            return (state, word) -> state + word;
        }

        @Override
        public RetentionCriteria retentionCriteria() {
            return snapshotEvery == 0
                    ? RetentionCriteria.disabled()
                    : RetentionCriteria.snapshotEvery(snapshotEvery, 1).withDeleteEventsOnSnapshot();
        }
    }

    private ActorRef<Add> spawn(String id, int snapshotEvery) {
        Behavior<Add> words = Behaviors.setup(context -> new Words(id, snapshotEvery));
        return kit.spawn(words);
    }

    private String add(ActorRef<Add> words, String word) {
        words.tell(new Add(word, replies.getRef()));
        return replies.receiveMessage();
    }

    @Test
    void state_is_recovered_from_events() {
        ActorRef<Add> words = spawn("w", 0);
        add(words, "a");
        add(words, "b");
        kit.stop(words);
        assertThat(add(spawn("w", 0), "")).isEqualTo("ab");
        stop();
        start();
        ActorRef<Add> restarted = spawn("w", 0);
        assertThat(add(restarted, "c")).isEqualTo("abc");
    }

    @Test
    void state_is_recovered_from_a_snapshot_and_the_events_after_it() {
        ActorRef<Add> words = spawn("w", 4);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 22; i++) {
            all.append(i);
            add(words, Integer.toString(i));
        }
        stop();
        start();
        assertThat(add(spawn("w", 4), "")).isEqualTo(all.toString());
    }

    @Test
    void every_acknowledged_event_of_many_actors_is_in_what_a_crash_leaves() {
        int count = 20;
        List<ActorRef<Add>> actors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            actors.add(spawn("w" + i, 3));
        }
        for (int round = 0; round < 5; round++) {
            actors.forEach(actor -> actor.tell(new Add("x", replies.getRef())));
            replies.receiveSeveralMessages(count);
        }
        Path crashed = DirectoryCopy.of(directory.resolve("journal"), directory.resolve("crashed"));
        stop();
        start(crashed);
        for (int i = 0; i < count; i++) {
            assertThat(add(spawn("w" + i, 3), "")).as("actor %d", i).isEqualTo("xxxxx");
        }
    }

    @Test
    void a_directory_in_use_stops_the_start_with_a_reason() {
        LocalStore.get(kit.system());
        ActorTestKit second = ActorTestKit.create("second", JournalSystem.localConfig(directory.resolve("journal")));
        try {
            assertThatThrownBy(() -> LocalStore.get(second.system()))
                    .isInstanceOf(KvFailedException.class)
                    .hasMessageContaining("has it open");
        } finally {
            second.shutdownTestKit();
        }
    }

    @Test
    void a_journal_without_a_directory_stops_the_start_with_a_reason() {
        ActorTestKit second = ActorTestKit.create(
                "second",
                com.typesafe.config.ConfigFactory.parseString("mortar.journal.local.dir = \"\"")
                        .withFallback(JournalSystem.localConfig(directory)));
        try {
            assertThatThrownBy(() -> LocalStore.get(second.system()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mortar.journal.local.dir is not set");
        } finally {
            second.shutdownTestKit();
        }
    }
}
