package io.mortar.journal.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.PersistenceQuery;
import akka.stream.javadsl.Sink;
import com.typesafe.config.Config;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.group.GroupSettings;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.RaftGroup;
import io.mortar.journal.group.ReplicatedLogs;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugins on a real group of one voter, put together as an application does. */
class OneVoterTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final MemberId SELF = new MemberId("a");
    private static final GroupIdentity IDENTITY = new GroupIdentity(new UUID(1, 2), 0);

    @TempDir
    Path directory;

    /** One run of the application. */
    private final class Run implements AutoCloseable {
        private final ActorSystem<Consumer<ActorContext<?>>> system;
        private final RaftGroup group;

        Run() throws Exception {
            Config config = JournalSystem.config("quorum", """
                    akka.actor.provider = remote
                    akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    mortar.journal.group { tick = 30 ms }
                    """);
            Behavior<Consumer<ActorContext<?>>> guardian = Behaviors.receive((context, task) -> {
                task.accept(context);
                return Behaviors.same();
            });
            system = ActorSystem.create(guardian, "one-voter-test", config);
            CompletableFuture<RaftGroup> started = new CompletableFuture<>();
            GroupSettings settings = GroupSettings.of(config.getConfig("mortar.journal.group"));
            system.tell(context -> started.complete(
                    RaftGroup.start(context, IDENTITY, SELF, stores(), DiskSpace.UNLIMITED, settings)));
            group = started.get(60, TimeUnit.SECONDS);
            ReplicatedLogs.get(system).bind(group);
            QuorumPersistence.start(system, new WordImage());
            CompletableFuture<Long> led = new CompletableFuture<>();
            group.listen(new LeadershipListener() {
                @Override
                public void began(long term) {
                    led.complete(term);
                }

                @Override
                public void ended(long term) {}
            });
            led.get(60, TimeUnit.SECONDS);
        }

        private GroupStores stores() {
            KvOptions options = KvOptions.of(DiskSpace.UNLIMITED).withMemory(1 << 20, 1 << 20);
            Path stores = directory.resolve("stores");
            return GroupStores.exists(stores)
                    ? GroupStores.open(stores, IDENTITY, options, options)
                    : GroupStores.found(
                            stores,
                            IDENTITY,
                            new Membership(List.of(new Member(SELF, "127.0.0.1:0", Member.Role.VOTER))),
                            options,
                            options);
        }

        String add(ActorRef<Words.Add> words, String word) {
            TestProbe<String> replies = TestProbe.create(system);
            words.tell(new Words.Add(word, replies.getRef()));
            return replies.receiveMessage(LONG);
        }

        ActorRef<Words.Add> words() {
            return system.systemActorOf(Words.create("w"), "words", Props.empty());
        }

        @Override
        public void close() {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        }
    }

    @Test
    void an_actor_has_its_state_after_a_restart_and_its_events_can_be_queried() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Run run = new Run()) {
            ActorRef<Words.Add> words = run.words();
            for (int i = 0; i < 10; i++) {
                all.append(i);
                assertThat(run.add(words, Integer.toString(i))).isEqualTo(all.toString());
            }
        }
        try (Run run = new Run()) {
            assertThat(run.add(run.words(), "x")).isEqualTo(all.append('x').toString());
            QuorumReadJournal queries = PersistenceQuery.get(run.system)
                    .getReadJournalFor(QuorumReadJournal.class, QuorumReadJournal.IDENTIFIER);
            List<Object> last = queries.currentEventsByPersistenceId("w", 10, Long.MAX_VALUE)
                    .map(EventEnvelope::event)
                    .runWith(Sink.seq(), run.system)
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(last).containsExactly("9", "x");
            TestProbe.create(run.system)
                    .awaitAssert(
                            LONG, () -> assertThat(run.group.status().leads()).isTrue());
        }
    }
}
