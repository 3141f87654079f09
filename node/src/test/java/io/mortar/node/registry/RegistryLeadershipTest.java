package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.pool.RegistryProtocol;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RegistryLeadershipTest {
    private final LeadershipLostException lost = new LeadershipLostException("term 7 has ended");

    private final RegistryRun run = new RegistryRun();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void an_answer_waits_until_the_leadership_is_confirmed() {
        CompletableFuture<Done> confirmed = new CompletableFuture<>();
        run.confirmation = confirmed;
        run.startAfter();

        run.tell(RegistryProtocol.DescribePool::new);

        run.user.expectNoMessage();
        confirmed.complete(Done.done());
        assertThat(run.reply(RegistryProtocol.PoolDescribed.class).nodes()).hasSize(3);
    }

    @Test
    void a_leader_that_was_deposed_gives_no_answer_of_its_own() {
        run.startAfter();
        run.confirmation = CompletableFuture.failedStage(lost);

        run.tell(RegistryProtocol.DescribePool::new);
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        run.describe();
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
    }

    @Test
    void what_cannot_be_confirmed_because_too_much_waits_is_refused_and_ends_nothing() {
        run.startAfter();
        run.confirmation = CompletableFuture.failedStage(
                new CompletionException(new LogOverloadedException("10000 requests wait already")));

        run.tell(RegistryProtocol.DescribePool::new);
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.OVERLOADED);

        run.confirmation = CompletableFuture.completedStage(Done.done());
        run.tell(RegistryProtocol.DescribePool::new);
        assertThat(run.reply(RegistryProtocol.PoolDescribed.class).nodes()).hasSize(3);
    }

    @Test
    void everybody_is_sent_on_when_a_write_finds_out_that_the_leadership_has_ended() {
        run.startAfter();
        run.create();
        run.prepare(1);
        run.failNextWrite(lost);

        run.tell(ref -> new RegistryProtocol.ForgetNode(FakePool.name(2), ref));
        assertThat(run.refusal().text()).contains("node").doesNotContain("leader");
        run.pool.down(2);
        run.tell(ref -> new RegistryProtocol.RegisterNode(FakePool.node(2), FakePool.name(2), "10.0.0.2:1", ref));

        for (int i = 0; i < 2; i++) {
            assertThat(run.refusal().code())
                    .as("the creation in progress, and the write")
                    .isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
        }
        run.expectEnd();
    }

    @Test
    void a_write_that_met_the_end_of_the_leadership_is_no_error_to_report() {
        run.startAfter();
        run.failNextWrite(lost);
        LoggingTestKit.empty().withLogLevel(Level.ERROR).withOccurrences(0).expect(run.kit.system(), () -> {
            run.tell(ref -> new RegistryProtocol.RegisterNode(FakePool.node(2), FakePool.name(2), "10.0.0.2:1", ref));
            assertThat(run.refusal().code()).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
            run.expectEnd();
            return null;
        });
    }

    @Test
    void who_waits_is_sent_on_when_it_is_told_to_stop() {
        run.startAfter();
        run.create();
        run.prepare(1);

        run.stop();

        assertThat(run.refusal().code()).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
    }

    @Test
    void the_next_leader_goes_on_with_the_answers_of_the_former() {
        run.startAfter(RegistryRun.creating(), new RegistryEvent.VolumeCreated(RegistryRun.FIRST));
        run.control(VolumeControl.Suspend.class);
        run.failNextWrite(lost);
        run.tell(ref -> new RegistryProtocol.StartVolume(RegistryRun.VOLUME, ref));
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);

        run.restart();
        run.control(VolumeControl.Suspend.class);
        run.tell(ref -> new RegistryProtocol.StartVolume(RegistryRun.VOLUME, ref));

        run.control(VolumeControl.Serve.class);
        run.answerUsage(0);
        run.described();
    }

    @Test
    void a_journal_that_broke_ends_the_registry() {
        run.startAfter();
        run.failNextWrite(new KvFailedException("disk gone", new IOException("EIO")));

        LoggingTestKit.error("the registry failed").expect(run.kit.system(), () -> {
            run.tell(ref -> new RegistryProtocol.RegisterNode(FakePool.node(2), FakePool.name(2), "10.0.0.2:1", ref));
            return null;
        });

        run.expectEnd();
        run.user.expectNoMessage();
    }
}
