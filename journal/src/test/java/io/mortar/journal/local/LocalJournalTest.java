package io.mortar.journal.local;

import static io.mortar.journal.local.JournalSystem.atomic;
import static io.mortar.journal.local.JournalSystem.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageRejected;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesFailed;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.testkit.javadsl.TestKit;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Akka's technology compatibility kit demands of a journal ({@code JournalSpec}), and what ours promises beyond. */
class LocalJournalTest {
    private static final long MAX = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private JournalSystem journal;

    @BeforeEach
    void start() {
        journal = new JournalSystem(directory.resolve("journal"));
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private void restart() {
        journal.close();
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
    void an_unknown_actor_has_nothing() {
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
        journal.delete("p", MAX);
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
    }

    @Test
    void actors_whose_ids_begin_alike_are_kept_apart() {
        for (String id : List.of("p", "p1", "p\u0000", "pä", "")) {
            journal.write(id, 1, 2);
        }
        for (String id : List.of("p", "p1", "p\u0000", "pä", "")) {
            assertThat(journal.replayAll(id)).containsExactly("1:a-1", "2:a-2", "highest=2");
        }
    }

    @Test
    void deleted_events_are_not_replayed_and_their_numbers_not_used_again() {
        journal.write("p", 1, 5);
        journal.delete("p", 3);
        assertThat(journal.replayAll("p")).containsExactly("4:a-4", "5:a-5", "highest=5");
        journal.delete("p", MAX);
        assertThat(journal.replayAll("p")).containsExactly("highest=5");
        restart();
        assertThat(journal.replayAll("p")).containsExactly("highest=5");
        journal.write("p", 6, 7);
        assertThat(journal.replayAll("p")).containsExactly("6:a-6", "7:a-7", "highest=7");
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
        int count = EventLog.DELETE_STEP + 5;
        TestKit probe = journal.probe();
        journal.send(
                probe,
                atomic(IntStream.rangeClosed(1, count)
                        .mapToObj(n -> event("p", n, "e"))
                        .toArray(akka.persistence.PersistentRepr[]::new)));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        journal.delete("p", count - 1);
        assertThat(journal.replayAll("p")).containsExactly(count + ":e", "highest=" + count);
    }

    @Test
    void events_of_an_atomic_write_are_acknowledged_in_order() {
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x"), event("p", 2, "y")), atomic(event("p", 3, "z")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        for (long number = 1; number <= 3; number++) {
            assertThat(probe.expectMsgClass(WriteMessageSuccess.class)
                            .persistent()
                            .sequenceNr())
                    .isEqualTo(number);
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
    void an_event_above_the_size_limit_is_rejected() {
        journal.close();
        journal = new JournalSystem(
                JournalSystem.config(directory.resolve("journal"), "mortar.journal.local.event-bytes-max = 1000 B"));
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x".repeat(1000))), atomic(event("p", 2, "x".repeat(1001))));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WriteMessageSuccess.class);
        assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause())
                .hasMessageContaining("String of 1001 bytes is larger than the 1000");
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
    void manifest_writer_and_timestamp_come_back() {
        TestKit probe = journal.probe();
        journal.send(
                probe,
                atomic(event("p", 1, "x").withManifest("v2").withTimestamp(1234).withMetadata("meta")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        restart();
        TestKit replay = journal.probe();
        journal.journal.tell(
                new akka.persistence.JournalProtocol.ReplayMessages(1, MAX, MAX, "p", replay.getRef()),
                replay.getRef());
        akka.persistence.PersistentRepr event = replay.expectMsgClass(
                        akka.persistence.JournalProtocol.ReplayedMessage.class)
                .persistent();
        assertThat(event.manifest()).isEqualTo("v2");
        assertThat(event.timestamp()).isEqualTo(1234);
        assertThat(event.writerUuid()).isEqualTo(JournalSystem.WRITER);
        assertThat(event.metadata().get()).isEqualTo("meta");
        assertThat(event.persistenceId()).isEqualTo("p");
    }

    @Test
    void without_room_writes_are_rejected_and_the_actor_may_go_on() {
        journal.close();
        journal = new JournalSystem(JournalSystem.config(
                directory.resolve("journal"),
                "mortar.journal.local.space { growth-floor = 1000000 GiB, write-floor = 1000000 GiB }"));
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x")), atomic(event("p", 2, "x")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause())
                .hasMessageContaining("disk is nearly full");
        probe.expectMsgClass(WriteMessageRejected.class);
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
    }
}
