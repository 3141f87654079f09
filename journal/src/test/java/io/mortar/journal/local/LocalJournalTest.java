package io.mortar.journal.local;

import static io.mortar.journal.contract.JournalSystem.atomic;
import static io.mortar.journal.contract.JournalSystem.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.JournalProtocol.WriteMessageRejected;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.testkit.javadsl.TestKit;
import io.mortar.journal.contract.JournalContract;
import io.mortar.journal.contract.JournalSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The local journal's contract, and its limits. */
class LocalJournalTest extends JournalContract {
    @Override
    protected JournalSystem open(Path directory) {
        return JournalSystem.local(directory);
    }

    private void reopen(String config) {
        journal.close();
        journal = JournalSystem.local(directory.resolve("journal"), config);
    }

    @Test
    void an_event_above_the_size_limit_is_rejected() {
        reopen("mortar.journal.local.event-bytes-max = 1000 B");
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x".repeat(1000))), atomic(event("p", 2, "x".repeat(1001))));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WriteMessageSuccess.class);
        assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause())
                .hasMessageContaining("String of 1001 bytes is larger than the 1000");
    }

    @Test
    void without_room_writes_are_rejected_and_the_actor_may_go_on() {
        journal.recoverOnce("p");
        reopen("mortar.journal.local.space { growth-floor = 1000000 GiB, write-floor = 1000000 GiB }");
        TestKit probe = journal.probe();
        journal.sendUnrecovered(probe, atomic(event("p", 1, "x")), atomic(event("p", 2, "x")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        assertThat(probe.expectMsgClass(WriteMessageRejected.class).cause())
                .hasMessageContaining("disk is nearly full");
        probe.expectMsgClass(WriteMessageRejected.class);
        assertThat(journal.replayAll("p")).containsExactly("highest=0");
    }
}
