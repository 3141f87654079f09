package io.mortar.journal.quorum;

import static io.mortar.journal.contract.JournalSystem.atomic;
import static io.mortar.journal.contract.JournalSystem.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.JournalProtocol;
import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesFailed;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.javadsl.TestKit;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.NotLeaderException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actors write for the leadership under which they recovered, and for no other. */
class FencingTest {
    private static final long MAX = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private SoloLog log;
    private JournalSystem journal;

    @BeforeEach
    void start() {
        start("");
    }

    private void start(String config) {
        log = new SoloLog(directory.resolve("log"));
        journal = QuorumSystem.start(log, Optional.empty(), config);
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private Throwable failure(TestKit probe) {
        Throwable cause = probe.expectMsgClass(WriteMessagesFailed.class).cause();
        probe.expectMsgClass(WriteMessageFailure.class);
        return cause;
    }

    private Throwable failedWrite(long number) {
        TestKit probe = journal.probe();
        journal.sendUnrecovered(probe, atomic(event("p", number, "late")));
        return failure(probe);
    }

    @Test
    void where_the_log_is_not_led_no_actor_recovers_or_writes() {
        assertThat(journal.replayAll("p").get(0)).startsWith("failed: this node does not lead");
        assertThat(failedWrite(1)).isInstanceOf(LeadershipLostException.class);
        TestKit probe = journal.probe();
        journal.snapshots.tell(
                new SnapshotProtocol.LoadSnapshot("p", SnapshotSelectionCriteria.latest(), MAX), probe.getRef());
        assertThat(probe.expectMsgClass(SnapshotProtocol.LoadSnapshotFailed.class)
                        .cause())
                .isInstanceOf(NotLeaderException.class);
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void an_actor_that_has_not_recovered_is_not_written_for() {
        log.lead(1);
        assertThat(failedWrite(1)).isInstanceOf(LeadershipLostException.class).hasMessageContaining("not recovered");
    }

    @Test
    void an_actor_of_an_earlier_leadership_fails_until_it_has_recovered_again() {
        log.lead(1);
        journal.write("p", 1, 2);
        log.retire();
        assertThat(failedWrite(3)).isInstanceOf(LeadershipLostException.class);
        log.lead(3);
        assertThat(failedWrite(3)).isInstanceOf(LeadershipLostException.class).hasMessageContaining("term 1");
        journal.recover("p");
        journal.write("p", 3, 3);
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:a-2", "3:a-3", "highest=3");
    }

    @Test
    void a_leadership_that_was_lost_unnoticed_fails_the_write_and_those_behind_it() {
        log.lead(1);
        journal.write("p", 1, 1);
        journal.recoverOnce("q");
        log.keep();
        TestKit first = journal.probe();
        journal.send(first, atomic(event("p", 2, "x")));
        first.awaitAssert(() -> assertThat(log.keptCount()).isEqualTo(1));
        TestKit second = journal.probe();
        journal.send(second, atomic(event("q", 1, "y")));
        log.retireSilently();
        log.release();
        assertThat(failure(first)).isInstanceOf(NotLeaderException.class);
        assertThat(failure(second)).isInstanceOf(LeadershipLostException.class);
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void a_write_with_an_unknown_outcome_fails_whether_it_happened_or_not() {
        log.lead(1);
        journal.write("p", 1, 1);
        log.failNext(true, new LeadershipLostException("outcome unknown"));
        assertThat(failedWrite(2)).hasMessage("outcome unknown");
        log.lead(2);
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:late", "highest=2");
        log.failNext(false, new LeadershipLostException("outcome unknown"));
        assertThat(failedWrite(3)).hasMessage("outcome unknown");
        log.lead(3);
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:late", "highest=2");
        journal.write("p", 3, 3);
    }

    @Test
    void after_an_unknown_outcome_nothing_is_read_or_written_in_that_term() {
        log.lead(1);
        journal.write("p", 1, 1);
        log.failNext(false, new IllegalStateException("not foreseen"));
        assertThat(failedWrite(2)).hasMessage("not foreseen");
        assertThat(failedWrite(2)).isInstanceOf(LeadershipLostException.class);
        assertThat(journal.replayAll("p").get(0)).startsWith("failed: this node does not lead");
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void once_a_write_of_a_request_failed_those_behind_it_are_not_written() {
        log.lead(1);
        journal.write("p", 1, 3);
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 3, "again")), atomic(event("p", 4, "next")));
        assertThat(probe.expectMsgClass(WriteMessagesFailed.class).cause()).hasMessageContaining("event 3");
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:a-2", "3:a-3", "highest=3");
    }

    @Test
    void an_actor_is_told_its_number_only_after_the_leadership_is_confirmed() {
        log.lead(1);
        journal.write("p", 1, 1);
        log.keep();
        TestKit probe = journal.probe();
        journal.journal.tell(new JournalProtocol.ReplayMessages(1, 0, 0, "p", probe.getRef()), probe.getRef());
        probe.awaitAssert(() -> assertThat(log.keptCount()).isEqualTo(1));
        log.retireSilently();
        log.release();
        assertThat(probe.expectMsgClass(JournalProtocol.ReplayMessagesFailure.class)
                        .cause())
                .isInstanceOf(LeadershipLostException.class);
    }

    @Test
    void a_leadership_that_ends_between_snapshot_and_events_fails_the_recovery() {
        log.lead(1);
        loadSnapshot();
        log.lead(2);
        assertThat(journal.replayAll("p").get(0)).startsWith("failed: persistence id p loaded its snapshot in term 1");
        loadSnapshot();
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
    }

    private void loadSnapshot() {
        TestKit probe = journal.probe();
        journal.snapshots.tell(
                new SnapshotProtocol.LoadSnapshot("p", SnapshotSelectionCriteria.latest(), MAX), probe.getRef());
        probe.expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class);
    }

    @Test
    void an_actor_that_is_forgotten_must_recover_again() {
        stop();
        start("mortar.journal.quorum.recovered-actors-max = 2");
        log.lead(1);
        journal.write("p", 1, 1);
        journal.write("q", 1, 1);
        journal.write("p", 2, 2);
        journal.write("r", 1, 1);
        journal.write("p", 3, 3);
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("q", 2, "x")));
        assertThat(failure(probe)).hasMessageContaining("forgotten");
        journal.recover("q");
        journal.send(probe, atomic(event("q", 2, "x")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WriteMessageSuccess.class);
    }
}
