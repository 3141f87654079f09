package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.node.coordinator.CoordinatorSettings.Batching;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gathers what a volume's coordinator shall do while it is busy with one batch, so that many requests share one durable write. A
 * request that finds the coordinator idle is not held back. What exceeds the bounds is refused with OVERLOADED.
 */
final class Batcher extends AbstractBehavior<Batcher.Command> {
    sealed interface Command permits Enqueue, BatchFinished, Close, Abandon {}

    record Enqueue(Work work) implements Command {}

    /** Refuses what waits, lets the coordinator finish what it has begun, then stops it and itself. */
    record Close() implements Command {}

    /**
     * The leadership has ended: answers everything that waits, the batch in flight included, with {@link Leadership#moved}, and stops
     * itself. Where the coordinator has answered before, the second answer finds nobody.
     */
    record Abandon() implements Command {}

    private record BatchFinished() implements Command {}

    /** @param sizeBytes as it was counted when the work came: later it may differ, with the volume's shape */
    private record Waiting(Work work, int sizeBytes) {}

    private final VolumeName volume;
    private final Supplier<VolumeSpec> spec;
    private final Batching bounds;
    private final ConfirmedAnswers answers;
    private final ActorRef<VolumeCoordinator.Command> coordinator;
    private final ActorRef<Done> finished;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private List<Work> inFlight = List.of();
    private int queuedBytes;
    private boolean closing;

    static Behavior<Command> create(
            VolumeName volume,
            Supplier<VolumeSpec> spec,
            Batching bounds,
            ConfirmedAnswers answers,
            ActorRef<VolumeCoordinator.Command> coordinator) {
        return Behaviors.setup(context -> new Batcher(context, volume, spec, bounds, answers, coordinator));
    }

    private Batcher(
            ActorContext<Command> context,
            VolumeName volume,
            Supplier<VolumeSpec> spec,
            Batching bounds,
            ConfirmedAnswers answers,
            ActorRef<VolumeCoordinator.Command> coordinator) {
        super(context);
        this.volume = volume;
        this.spec = spec;
        this.bounds = bounds;
        this.answers = answers;
        this.coordinator = coordinator;
        this.finished = context.messageAdapter(Done.class, done -> new BatchFinished());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Enqueue.class, this::onEnqueue)
                .onMessage(BatchFinished.class, finish -> onBatchFinished())
                .onMessage(Close.class, close -> onClose())
                .onMessage(Abandon.class, abandon -> onAbandon())
                .build();
    }

    private Behavior<Command> onEnqueue(Enqueue enqueue) {
        Work work = enqueue.work();
        int sizeBytes = work.sizeBytes(spec.get());
        if (closing) {
            refuseClosed(work);
        } else if (queue.size() >= bounds.queueRequestsMax()
                || queuedBytes + (long) sizeBytes > bounds.queueBytesMax()) {
            work.refuse(overloaded());
        } else {
            queue.add(new Waiting(work, sizeBytes));
            queuedBytes += sizeBytes;
            sendNext();
        }
        return this;
    }

    private Behavior<Command> onBatchFinished() {
        inFlight = List.of();
        return closing ? stopped() : sendNext();
    }

    private Behavior<Command> onClose() {
        closing = true;
        queue.forEach(waiting -> refuseClosed(waiting.work()));
        queue.clear();
        return inFlight.isEmpty() ? stopped() : this;
    }

    private Behavior<Command> onAbandon() {
        inFlight.forEach(work -> work.refuse(Leadership.moved()));
        queue.forEach(waiting -> waiting.work().refuse(Leadership.moved()));
        return Behaviors.stopped();
    }

    private Behavior<Command> stopped() {
        coordinator.tell(new VolumeCoordinator.Stop());
        return Behaviors.stopped();
    }

    private Behavior<Command> sendNext() {
        if (!inFlight.isEmpty() || queue.isEmpty()) {
            return this;
        }
        List<Work> batch = new ArrayList<>();
        int batchBytes = 0;
        while (batch.size() < bounds.requestsMax()) {
            Waiting next = queue.peek();
            if (next == null || (!batch.isEmpty() && batchBytes + (long) next.sizeBytes() > bounds.bytesMax())) {
                break;
            }
            batch.add(queue.remove().work());
            batchBytes += next.sizeBytes();
        }
        queuedBytes -= batchBytes;
        inFlight = batch;
        coordinator.tell(new VolumeCoordinator.RunBatch(batch, finished));
        return this;
    }

    private void refuseClosed(Work work) {
        answers.whenConfirmed(
                "refuse a change of volume " + volume, () -> work.refuse(Refusals.notStarted(volume)), work::refuse);
    }

    private Refusal overloaded() {
        return new Refusal(
                RefusalCode.OVERLOADED,
                queue.size() + " changes of volume '" + volume + "' wait already (" + queuedBytes
                        + " bytes), which is the limit: try again in a moment");
    }
}
