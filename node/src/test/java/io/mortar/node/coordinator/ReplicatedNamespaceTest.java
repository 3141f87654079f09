package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static io.mortar.node.coordinator.NamespaceFixture.remove;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.state.Area;
import io.mortar.protocol.namespace.RequestKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ReplicatedNamespaceTest {
    private static final WriteCondition IF_ABSENT = new WriteCondition(false, true, List.of(), List.of(), -1);

    private final ReplicatedFixture namespace = new ReplicatedFixture();

    @AfterEach
    void no_faults() {
        namespace.close();
        assertThat(namespace.faults).isEmpty();
    }

    private static Command putIfAbsent(String path) {
        return put(path, "x", IF_ABSENT);
    }

    private static RefusalCode code(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal().code();
    }

    @Test
    void the_next_leader_has_the_files_and_replays_no_events() {
        namespace.lead().serve();
        for (int i = 0; i < 5; i++) {
            assertThat(namespace.change(put("/f" + i, "x"))).isInstanceOf(Outcome.Written.class);
        }
        assertThat(namespace.log.rowCount(Area.JOURNAL))
                .as("the number of events")
                .isEqualTo(1);
        namespace.stop();
        namespace.expectEnd();

        namespace.lead().serve();

        assertThat(namespace.lookup("/f4")).isInstanceOf(Outcome.FileFound.class);
        assertThat(namespace.change(put("/f5", "x"))).isInstanceOf(Outcome.Written.class);
        assertThat(namespace.log.rowCount(Area.JOURNAL)).isEqualTo(1);
    }

    @Test
    void a_change_that_was_made_before_its_outcome_was_known_is_made_once_and_gets_its_first_answer() {
        namespace.lead().serve();
        namespace.change(put("/before", "x"));
        RequestKey key = namespace.nextKey();
        namespace.log.appendsWill(FakeLog.Appends.END_APPLIED);

        assertThat(code(namespace.change(key, putIfAbsent("/a")))).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        namespace.expectEnd();
        long index = namespace.log.index();
        namespace.lead().serve();

        Outcome repeated = namespace.change(key, putIfAbsent("/a"));
        assertThat(repeated).as("although the file is there").isInstanceOf(Outcome.Written.class);
        assertThat(namespace.change(key, putIfAbsent("/a"))).isEqualTo(repeated);
        assertThat(namespace.log.index()).as("nothing was written again").isEqualTo(index);
        assertThat(code(namespace.change(putIfAbsent("/a")))).isEqualTo(RefusalCode.PRECONDITION_FAILED);

        namespace.change(remove("/a"));
        assertThat(namespace.change(key, putIfAbsent("/a"))).isEqualTo(repeated);
        assertThat(code(namespace.lookup("/a"))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void a_change_that_was_lost_is_made_by_its_repetition() {
        namespace.lead().serve();
        namespace.change(put("/before", "x"));
        RequestKey key = namespace.nextKey();
        namespace.log.appendsWill(FakeLog.Appends.END_LOST);

        assertThat(code(namespace.change(key, putIfAbsent("/a")))).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        namespace.expectEnd();
        namespace.lead().serve();

        assertThat(code(namespace.lookup("/a"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(namespace.change(key, putIfAbsent("/a"))).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void a_change_that_met_the_end_of_the_leadership_is_no_error_to_report() {
        namespace.lead().serve();
        namespace.change(put("/before", "x"));
        namespace.log.appendsWill(FakeLog.Appends.END_LOST);

        LoggingTestKit.empty().withLogLevel(Level.ERROR).withOccurrences(0).expect(namespace.kit.system(), () -> {
            assertThat(code(namespace.change(put("/a", "x")))).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
            namespace.expectEnd();
            return null;
        });
    }

    @Test
    void a_leader_that_was_deposed_and_does_not_know_answers_nothing_from_its_rows() {
        namespace.lead().serve();
        Outcome first = namespace.change(new RequestKey(2, 1, 0), put("/a", "x"));
        assertThat(first).isInstanceOf(Outcome.Written.class);
        namespace.log.depose();

        assertThat(code(namespace.lookup("/a"))).as("a query").isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        assertThat(code(namespace.change(putIfAbsent("/a"))))
                .as("a refusal")
                .isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        assertThat(code(namespace.change(new RequestKey(2, 1, 0), put("/a", "x"))))
                .as("a remembered answer")
                .isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        namespace.control(new VolumeControl.Suspend(ID, VOLUME));
        assertThat(code(namespace.lookup("/a")))
                .as("that the volume is not started")
                .isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        TestProbe<VolumeControl.Usage> usage = namespace.kit.createTestProbe();
        namespace.control(new VolumeControl.DescribeUsage(ID, usage.getRef()));
        usage.expectNoMessage();
    }

    @Test
    void what_cannot_be_confirmed_because_too_much_waits_is_refused_and_harms_nothing() {
        namespace.lead().serve();
        Outcome first = namespace.change(new RequestKey(2, 1, 0), put("/a", "x"));
        assertThat(first).isInstanceOf(Outcome.Written.class);
        namespace.log.refuseConfirmations(true);

        assertThat(code(namespace.lookup("/a"))).as("a query").isEqualTo(RefusalCode.OVERLOADED);
        assertThat(code(namespace.change(putIfAbsent("/a")))).as("a refusal").isEqualTo(RefusalCode.OVERLOADED);
        assertThat(namespace.change(put("/b", "x"))).as("a write").isInstanceOf(Outcome.Written.class);

        namespace.log.refuseConfirmations(false);
        assertThat(namespace.lookup("/b")).isInstanceOf(Outcome.FileFound.class);
        namespace.control(new VolumeControl.Suspend(ID, VOLUME));
        namespace.log.refuseConfirmations(true);
        assertThat(code(namespace.lookup("/a")))
                .as("that the volume is not started")
                .isEqualTo(RefusalCode.OVERLOADED);
    }

    @Test
    void a_reader_whose_rows_are_replaced_under_it_sends_its_asker_on() {
        namespace.lead().serve();
        namespace.change(put("/a", "x"));
        namespace.log.replaceRowsBeforeReads();

        assertThat(code(namespace.lookup("/a"))).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
    }

    @Test
    void a_confirmation_that_fails_once_ends_nothing() {
        namespace.lead().serve();
        namespace.change(put("/a", "x"));
        namespace.log.depose();
        assertThat(code(namespace.change(putIfAbsent("/a")))).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);

        namespace.log.lead(1);

        assertThat(code(namespace.change(putIfAbsent("/a")))).isEqualTo(RefusalCode.PRECONDITION_FAILED);
        assertThat(namespace.change(put("/a", "y"))).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void an_answer_without_a_write_waits_for_its_confirmation_and_later_batches_for_it() {
        namespace.lead().serve();
        namespace.change(put("/a", "x"));
        namespace.log.holdConfirmations();

        namespace.send(namespace.nextKey(), putIfAbsent("/a"));
        namespace.client.awaitAssert(TIMEOUT, () -> {
            assertThat(namespace.log.heldCount()).isEqualTo(1);
            return null;
        });
        namespace.send(namespace.nextKey(), put("/b", "x"));
        namespace.client.expectNoMessage();

        namespace.log.releaseConfirmations();
        assertThat(code(namespace.answer())).isEqualTo(RefusalCode.PRECONDITION_FAILED);
        assertThat(namespace.answer()).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void who_waits_is_sent_on_when_the_namespace_is_told_to_stop() {
        namespace.lead().serve();
        namespace.change(put("/a", "x"));
        namespace.log.appendsWill(FakeLog.Appends.HANG);
        namespace.send(namespace.nextKey(), put("/in-flight", "x"));
        namespace.send(namespace.nextKey(), put("/queued", "x"));

        namespace.stop();

        assertThat(code(namespace.answer())).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        assertThat(code(namespace.answer())).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        namespace.expectEnd();
    }

    @Test
    void a_leadership_that_ends_during_the_recovery_sends_everybody_on() {
        namespace.lead();
        namespace.log.depose();
        namespace.serve();
        namespace.sendLookup("/a");
        namespace.send(namespace.nextKey(), put("/a", "x"));

        assertThat(code(namespace.answer())).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        assertThat(code(namespace.answer())).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        namespace.expectEnd();
    }

    @Test
    void the_next_leader_goes_on_with_a_removal() {
        namespace.lead().serve();
        for (int i = 0; i < 10; i++) {
            namespace.change(put("/f" + i, "x"));
        }
        namespace.log.appendsWill(FakeLog.Appends.END_APPLIED);
        TestProbe<VolumeControl.Dropped> dropped = namespace.kit.createTestProbe();
        VolumeControl.Drop drop = new VolumeControl.Drop(ID, VOLUME, dropped.getRef());
        LoggingTestKit.empty().withLogLevel(Level.ERROR).withOccurrences(0).expect(namespace.kit.system(), () -> {
            namespace.control(drop);
            namespace.expectEnd();
            return null;
        });
        assertThat(namespace.log.rowCount(Area.APPLICATION))
                .as("one step was made")
                .isPositive();

        namespace.lead().control(drop);

        dropped.expectMessage(TIMEOUT, new VolumeControl.Dropped(ID));
        assertThat(namespace.log.rowCount(Area.APPLICATION)).isZero();
    }
}
