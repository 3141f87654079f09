package io.mortar.journal.contract;

import static io.mortar.journal.contract.JournalSystem.atomic;
import static io.mortar.journal.contract.JournalSystem.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.persistence.JournalProtocol;
import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageRejected;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesFailed;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Akka's technology compatibility kit demands of a journal ({@code JournalSpec}), and what both of ours promise beyond. */
public abstract class JournalContract {
    protected static final long MAX = Long.MAX_VALUE;

    @TempDir
    protected Path directory;

    protected JournalSystem journal;

    /** The journal in {@code directory}; once it is closed it can be opened again, and has what it had. */
    protected abstract JournalSystem open(Path directory);

    @BeforeEach
    final void start() {
        journal = open(directory.resolve("journal"));
    }

    @AfterEach
    final void stop() {
        journal.close();
    }

    protected final void restart() {
        stop();
        start();
    }

    @Test
    void all_events_are_replayed_in_order() {
        journal.write("p", 1, 5);
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:a-2", "3:a-3", "4:a-4", "5:a-5", "highest=5");
        restart();
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:a-2", "3:a-3", "4:a-4", "5:a-5", "highest=5");
    }

    @Test
    void a_lower_bound_an_upper_bound_and_a_count_limit_a_replay() {
        journal.write("p", 1, 5);
        assertThat(journal.replay("p", 3, MAX, MAX)).containsExactly("3:a-3", "4:a-4", "5:a-5", "highest=5");
        assertThat(journal.replay("p", 1, 3, MAX)).containsExactly("1:a-1", "2:a-2", "3:a-3", "highest=5");
        assertThat(journal.replay("p", 1, MAX, 3)).containsExactly("1:a-1", "2:a-2", "3:a-3", "highest=5");
        assertThat(journal.replay("p", 2, 3, MAX)).containsExactly("2:a-2", "3:a-3", "highest=5");
        assertThat(journal.replay("p", 2, 5, 2)).containsExactly("2:a-2", "3:a-3", "highest=5");
        assertThat(journal.replay("p", 2, 2, MAX)).containsExactly("2:a-2", "highest=5");
        assertThat(journal.replay("p", 2, 2, 0)).containsExactly("highest=5");
        assertThat(journal.replay("p", 3, 2, MAX)).containsExactly("highest=5");
        assertThat(journal.replay("p", 6, MAX, MAX)).containsExactly("highest=5");
    }

    @Test
    void an_upper_bound_of_zero_asks_for_the_highest_number_only() {
        journal.write("p", 1, 2);
        assertThat(journal.replay("p", 0, 0, MAX)).containsExactly("highest=2");
        assertThat(journal.replay("q", 0, 0, MAX)).containsExactly("highest=0");
    }

    @Test
    void an_unknown_actor_has_nothing() {
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
        journal.delete("p", MAX);
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
    }

    @Test
    void actors_whose_ids_begin_alike_are_kept_apart() {
        List<String> ids = List.of("p", "p1", "p\u0000", "pä", "");
        for (String id : ids) {
            journal.write(id, 1, 2);
        }
        for (String id : ids) {
            assertThat(journal.replayAll(id)).containsExactly("1:a-1", "2:a-2", "highest=2");
        }
        journal.delete("p", MAX);
        assertThat(journal.replayAll("p1")).containsExactly("1:a-1", "2:a-2", "highest=2");
    }

    @Test
    void deleted_events_are_not_replayed_and_their_numbers_not_used_again() {
        journal.write("p", 1, 5);
        journal.delete("p", 3);
        assertThat(journal.replayAll("p")).containsExactly("4:a-4", "5:a-5", "highest=5");
        assertThat(journal.replay("p", 2, 4, MAX)).containsExactly("4:a-4", "highest=5");
        journal.delete("p", MAX);
        assertThat(journal.replayAll("p")).containsExactly("highest=5");
        restart();
        assertThat(journal.replayAll("p")).containsExactly("highest=5");
        journal.write("p", 6, 7);
        assertThat(journal.replayAll("p")).containsExactly("6:a-6", "7:a-7", "highest=7");
    }

    @Test
    void deletions_follow_each_other_in_any_order() {
        journal.write("p", 1, 6);
        journal.delete("p", 2);
        journal.delete("p", 4);
        journal.delete("p", 3);
        journal.delete("p", 0);
        assertThat(journal.replayAll("p")).containsExactly("5:a-5", "6:a-6", "highest=6");
    }

    @Test
    void a_deletion_beyond_the_highest_number_spares_later_events() {
        journal.write("p", 1, 2);
        journal.delete("p", 100);
        journal.write("p", 3, 3);
        assertThat(journal.replayAll("p")).containsExactly("3:a-3", "highest=3");
    }

    @Test
    void a_deletion_of_more_events_than_one_step_is_complete() {
        int count = 1005;
        TestKit probe = journal.probe();
        journal.send(
                probe,
                atomic(IntStream.rangeClosed(1, count)
                        .mapToObj(n -> event("p", n, "e"))
                        .toArray(PersistentRepr[]::new)));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        journal.delete("p", count - 1);
        assertThat(journal.replayAll("p")).containsExactly(count + ":e", "highest=" + count);
    }

    @Test
    void events_of_an_atomic_write_are_acknowledged_in_order_in_the_name_of_their_senders() {
        TestKit probe = journal.probe();
        ActorRef sender = journal.probe().getRef();
        PersistentRepr second = PersistentRepr.apply("y", 2, "p", "", false, sender, JournalSystem.WRITER);
        journal.send(probe, atomic(event("p", 1, "x"), second), atomic(event("p", 3, "z")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        for (long number = 1; number <= 3; number++) {
            assertThat(probe.expectMsgClass(WriteMessageSuccess.class)
                            .persistent()
                            .sequenceNr())
                    .isEqualTo(number);
            if (number == 2) {
                assertThat(probe.getLastSender()).isEqualTo(sender);
            }
        }
        assertThat(journal.replayAll("p")).containsExactly("1:x", "2:y", "3:z", "highest=3");
    }

    @Test
    void an_event_that_cannot_be_serialized_is_rejected_alone_and_leaves_a_gap() {
        TestKit probe = journal.probe();
        journal.send(
                probe, atomic(event("p", 1, "x")), atomic(event("p", 2, new Object())), atomic(event("p", 3, "z")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        assertThat(probe.expectMsgClass(WriteMessageSuccess.class).persistent().sequenceNr())
                .isEqualTo(1);
        WriteMessageRejected rejected = probe.expectMsgClass(WriteMessageRejected.class);
        assertThat(rejected.message().sequenceNr()).isEqualTo(2);
        assertThat(rejected.cause()).isInstanceOf(NotSerializableException.class);
        assertThat(probe.expectMsgClass(WriteMessageSuccess.class).persistent().sequenceNr())
                .isEqualTo(3);
        assertThat(journal.replayAll("p")).containsExactly("1:x", "3:z", "highest=3");
        assertThat(journal.replay("p", 2, MAX, MAX)).containsExactly("3:z", "highest=3");
    }

    @Test
    void an_atomic_write_with_one_bad_event_is_rejected_as_a_whole() {
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x"), event("p", 2, new Object())));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WriteMessageRejected.class);
        probe.expectMsgClass(WriteMessageRejected.class);
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
    }

    @Test
    void a_number_is_not_written_twice() {
        journal.write("p", 1, 3);
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 3, "other")));
        assertThat(probe.expectMsgClass(WriteMessagesFailed.class).cause())
                .hasMessageContaining("event 3 of persistence id p is not written");
        probe.expectMsgClass(WriteMessageFailure.class);
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:a-2", "3:a-3", "highest=3");
        journal.write("p", 4, 4);
    }

    @Test
    void all_of_an_event_but_its_sender_comes_back() {
        TestKit probe = journal.probe();
        PersistentRepr written = PersistentRepr.apply("x", 1, "p", "v2", false, probe.getRef(), JournalSystem.WRITER)
                .withTimestamp(1234)
                .withMetadata("meta");
        journal.send(probe, atomic(written));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        restart();
        TestKit replay = journal.probe();
        journal.journal.tell(new JournalProtocol.ReplayMessages(1, MAX, MAX, "p", replay.getRef()), replay.getRef());
        PersistentRepr event =
                replay.expectMsgClass(JournalProtocol.ReplayedMessage.class).persistent();
        assertThat(event.payload()).isEqualTo("x");
        assertThat(event.manifest()).isEqualTo("v2");
        assertThat(event.timestamp()).isEqualTo(1234);
        assertThat(event.writerUuid()).isEqualTo(JournalSystem.WRITER);
        assertThat(event.metadata().get()).isEqualTo("meta");
        assertThat(event.persistenceId()).isEqualTo("p");
        assertThat(event.deleted()).isFalse();
    }
}
