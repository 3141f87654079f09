package io.mortar.journal.quorum;

import static io.mortar.journal.contract.JournalSystem.atomic;
import static io.mortar.journal.contract.JournalSystem.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol.WriteMessageRejected;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import io.mortar.journal.contract.JournalContract;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.group.EntryTooLargeException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.kv.KvNoSpaceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The replicated journal's contract, and its limits. */
class QuorumJournalTest extends JournalContract {
    private @Nullable SoloLog opened;

    private SoloLog log() {
        return Objects.requireNonNull(opened);
    }

    private JournalSystem open(Path directory, String config) {
        SoloLog log = new SoloLog(directory);
        opened = log;
        return QuorumSystem.leading(log, config);
    }

    @Override
    protected JournalSystem open(Path directory) {
        return open(directory, "");
    }

    private void reopen(String config) {
        journal.close();
        journal = open(directory.resolve("journal"), config);
    }

    @Test
    void what_the_log_refuses_before_anything_happened_is_rejected_and_the_actor_may_go_on() {
        List<RuntimeException> refusals = List.of(
                new KvNoSpaceException("disk is nearly full"),
                new LogOverloadedException("too much waits"),
                new EntryTooLargeException("too large"));
        TestKit probe = journal.probe();
        long number = 0;
        for (RuntimeException refusal : refusals) {
            log().failNext(false, refusal);
            journal.send(probe, atomic(event("p", ++number, "x")));
            probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
            assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause()).isSameAs(refusal);
        }
        journal.write("p", 4, 4);
        assertThat(journal.replayAll("p")).containsExactly("4:a-4", "highest=4");
    }

    @Test
    void a_recovery_waits_while_too_many_others_wait_for_the_log() {
        journal.write("p", 1, 2);
        log().refuseConfirmations(2);
        assertThat(journal.replayAll("p")).containsExactly("1:a-1", "2:a-2", "highest=2");
    }

    @Test
    void an_event_above_the_size_limit_is_rejected() {
        reopen("mortar.journal.quorum.event-bytes-max = 1000 B");
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x".repeat(1000))), atomic(event("p", 2, "x".repeat(1001))));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WriteMessageSuccess.class);
        assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause())
                .hasMessageContaining("String of 1001 bytes is larger than the 1000");
    }

    @Test
    void an_atomic_write_above_the_size_of_an_entry_is_rejected() {
        reopen("mortar.journal.quorum { event-bytes-max = 2000 B, group-bytes-max = 2000 B }");
        TestKit probe = journal.probe();
        PersistentRepr[] many = IntStream.rangeClosed(1, 20)
                .mapToObj(n -> event("p", n, "x".repeat(60)))
                .toArray(PersistentRepr[]::new);
        journal.send(probe, atomic(many), atomic(event("p", 21, "y")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        for (int i = 0; i < 20; i++) {
            assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause())
                    .isInstanceOf(WriteTooLargeException.class);
        }
        probe.expectMsgClass(WriteMessageSuccess.class);
        assertThat(journal.replayAll("p")).containsExactly("21:y", "highest=21");
    }

    @Test
    void a_request_that_does_not_fit_into_one_entry_takes_several() {
        reopen("mortar.journal.quorum { event-bytes-max = 2000 B, group-bytes-max = 2000 B }");
        TestKit probe = journal.probe();
        AtomicWrite[] writes = IntStream.rangeClosed(1, 20)
                .mapToObj(n -> atomic(event("p", n, "x".repeat(500))))
                .toArray(AtomicWrite[]::new);
        journal.send(probe, writes);
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        for (int i = 0; i < 20; i++) {
            probe.expectMsgClass(WriteMessageSuccess.class);
        }
        assertThat(log().appended()).hasSizeGreaterThan(5).allMatch(batch -> batch.sizeBytes() <= 2000);
        assertThat(journal.replayAll("p")).hasSize(21);
    }

    @Test
    void writes_that_wait_share_one_entry() {
        for (int i = 0; i < 50; i++) {
            journal.recoverOnce("p" + i);
        }
        log().keep();
        TestKit probe = journal.probe();
        for (int i = 0; i < 50; i++) {
            journal.send(probe, atomic(event("p" + i, 1, "x")));
        }
        probe.awaitAssert(() -> {
            assertThat(log().keptCount()).isEqualTo(1);
            return true;
        });
        log().release();
        for (int i = 0; i < 50; i++) {
            probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
            probe.expectMsgClass(WriteMessageSuccess.class);
        }
        assertThat(log().appended()).hasSizeLessThan(50);
    }

    @Test
    void deletions_may_be_appended_when_growth_may_not() {
        journal.write("p", 1, 3);
        assertThat(log().appended()).isNotEmpty().noneMatch(batch -> batch.shrinking());
        int before = log().appended().size();
        journal.delete("p", 2);
        assertThat(log().appended().subList(before, log().appended().size()))
                .isNotEmpty()
                .allMatch(batch -> batch.shrinking());
    }
}
