package io.mortar.journal.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.ReplicatedLogs;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed persistent actors on the replicated journal, through leaderships. */
class ActorOfLeadershipTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private SoloLog log;
    private ActorTestKit kit;
    private TestProbe<String> replies;

    @BeforeEach
    void start() {
        log = new SoloLog(directory.resolve("log"));
        kit = ActorTestKit.create("actor-of-leadership-test", JournalSystem.config("quorum", ""));
        ReplicatedLogs.get(kit.system()).bind(log);
        QuorumPersistence.start(kit.system());
        replies = kit.createTestProbe();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        log.close();
    }

    private String add(ActorRef<Words.Add> words, String word) {
        words.tell(new Words.Add(word, replies.getRef()));
        return replies.receiveMessage(LONG);
    }

    @Test
    void state_follows_the_leadership() {
        StringBuilder all = new StringBuilder();
        for (int term = 1; term <= 4; term++) {
            log.lead(term);
            ActorRef<Words.Add> words = kit.spawn(Words.create("w"));
            for (int i = 0; i < 5; i++) {
                all.append(i);
                assertThat(add(words, Integer.toString(i))).isEqualTo(all.toString());
            }
            kit.stop(words, LONG);
            log.retire();
        }
    }

    @Test
    void an_actor_stops_when_it_writes_after_its_leadership() {
        log.lead(1);
        ActorRef<Words.Add> words = kit.spawn(Words.create("w"));
        add(words, "a");
        log.failNext(true, new LeadershipLostException("outcome unknown"));
        words.tell(new Words.Add("b", replies.getRef()));
        replies.expectTerminated(words, LONG);
        log.lead(2);
        assertThat(add(kit.spawn(Words.create("w")), "c")).isEqualTo("abc");
    }

    @Test
    void an_actor_that_starts_where_the_log_is_not_led_stops() {
        ActorRef<Words.Add> words = kit.spawn(Words.create("w"));
        replies.expectTerminated(words, LONG);
    }
}
