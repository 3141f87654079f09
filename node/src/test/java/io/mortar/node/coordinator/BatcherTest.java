package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.SPEC;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.node.coordinator.CoordinatorSettings.Batching;
import io.mortar.protocol.namespace.RequestKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int SMALL_BYTES = 700;

    private final TestProbe<VolumeCoordinator.Command> coordinator = KIT.createTestProbe();
    private final TestProbe<Outcome> client = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<Batcher.Command> batcher(int requestsMax, int bytesMax, int queueRequestsMax, int queueBytesMax) {
        return batcher(() -> SPEC, new Batching(requestsMax, bytesMax, queueRequestsMax, queueBytesMax));
    }

    private ActorRef<Batcher.Command> batcher(Supplier<VolumeSpec> spec, Batching bounds) {
        ConfirmedAnswers answers =
                new ConfirmedAnswers(() -> CompletableFuture.completedStage(Done.done()), (what, cause) -> {
                    throw new AssertionError(what, cause);
                });
        return KIT.spawn(Batcher.create(VOLUME, spec, bounds, answers, coordinator.getRef()));
    }

    private void enqueue(ActorRef<Batcher.Command> batcher, int count, int contentBytes) {
        for (int i = 0; i < count; i++) {
            batcher.tell(new Batcher.Enqueue(new Work.Change(
                    new RequestKey(1, i, 0), put("/f" + i, "x".repeat(contentBytes)), client.getRef())));
        }
    }

    private VolumeCoordinator.RunBatch expectBatch(int size) {
        VolumeCoordinator.RunBatch batch = coordinator.expectMessageClass(VolumeCoordinator.RunBatch.class);
        assertThat(batch.steps()).hasSize(size);
        return batch;
    }

    @Test
    void a_volume_that_gets_another_shape_meanwhile_is_counted_right() {
        AtomicReference<VolumeSpec> spec = new AtomicReference<>(new VolumeSpec(2, 5, SPEC.stripeUnitBytes()));
        ActorRef<Batcher.Command> batcher = batcher(spec::get, new Batching(1, 1 << 20, 100, 5_000));
        Batcher.Enqueue open = new Batcher.Enqueue(
                new Work.Change(new RequestKey(1, 1, 0), NamespaceFixture.open("/f"), client.getRef()));
        batcher.tell(open);
        VolumeCoordinator.RunBatch first = expectBatch(1);
        batcher.tell(open);
        spec.set(new VolumeSpec(2, 1, SPEC.stripeUnitBytes()));
        first.replyTo().tell(Done.done());
        expectBatch(1).replyTo().tell(Done.done());

        // With what was counted for the second too much, the queue would be as good as full for good.
        for (int i = 0; i < 5; i++) {
            batcher.tell(open);
        }
        for (int i = 0; i < 5; i++) {
            expectBatch(1).replyTo().tell(Done.done());
        }
    }

    @Test
    void requests_that_arrive_during_a_batch_go_together_in_the_next_up_to_the_bound() {
        ActorRef<Batcher.Command> batcher = batcher(4, 1 << 20, 100, 1 << 20);
        enqueue(batcher, 7, 10);

        VolumeCoordinator.RunBatch first = expectBatch(1);
        coordinator.expectNoMessage();
        first.replyTo().tell(Done.done());
        VolumeCoordinator.RunBatch second = expectBatch(4);
        second.replyTo().tell(Done.done());
        expectBatch(2);
    }

    @Test
    void a_batch_has_a_bound_in_bytes_that_a_single_larger_request_may_exceed() {
        ActorRef<Batcher.Command> batcher = batcher(100, 2 * SMALL_BYTES, 100, 1 << 20);
        enqueue(batcher, 1, 4000);
        enqueue(batcher, 3, 10);
        enqueue(batcher, 1, 4000);

        expectBatch(1).replyTo().tell(Done.done());
        expectBatch(2).replyTo().tell(Done.done());
        expectBatch(1).replyTo().tell(Done.done());
        expectBatch(1);
    }

    @Test
    void a_full_queue_refuses_with_overloaded() {
        ActorRef<Batcher.Command> batcher = batcher(100, 1 << 20, 3, 1 << 20);
        enqueue(batcher, 5, 10);

        Outcome.Refused refused = client.expectMessageClass(Outcome.Refused.class);
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.OVERLOADED);
        assertThat(refused.refusal().text()).contains("3 changes").contains("bt-vol");
        client.expectNoMessage();
    }

    @Test
    void a_queue_has_a_bound_in_bytes() {
        ActorRef<Batcher.Command> batcher = batcher(100, 1 << 20, 100, 5000);
        enqueue(batcher, 3, 4000);

        assertThat(client.expectMessageClass(Outcome.Refused.class).refusal().code())
                .isEqualTo(RefusalCode.OVERLOADED);
        client.expectNoMessage();
    }

    @Test
    void closing_refuses_what_waits_and_lets_the_coordinator_finish_its_batch() {
        ActorRef<Batcher.Command> batcher = batcher(100, 1 << 20, 100, 1 << 20);
        enqueue(batcher, 2, 10);
        VolumeCoordinator.RunBatch batch = expectBatch(1);

        batcher.tell(new Batcher.Close());

        assertThat(client.expectMessageClass(Outcome.Refused.class).refusal().code())
                .isEqualTo(RefusalCode.VOLUME_NOT_STARTED);
        coordinator.expectNoMessage();
        batch.replyTo().tell(Done.done());
        coordinator.expectMessageClass(VolumeCoordinator.Stop.class);
        coordinator.expectTerminated(batcher);
    }
}
