package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * The actors of one started volume: coordinator, batcher and, once the coordinator has recovered, purger. None of them is restarted
 * when it fails: metadata whose state is not known must not be used, so the process is halted.
 */
final class VolumeGuardian extends AbstractBehavior<VolumeGuardian.Command> {
    sealed interface Command permits Submit, Pin, Stop, Recovered {}

    record Submit(Work work) implements Command {}

    record Pin(FileVersion version) implements Command {}

    /** Refuses what waits, finishes what was begun, then stops. */
    record Stop() implements Command {}

    private record Recovered() implements Command {}

    /** The store has every acknowledged change of the volume. */
    record Ready(ActorRef<Command> guardian) {}

    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Ready> ready;
    private final DispatcherSelector dispatcher;
    private final ActorRef<VolumeCoordinator.Command> coordinator;
    private final ActorRef<Batcher.Command> batcher;
    private @Nullable ActorRef<Purger.Command> purger;
    private boolean stopping;

    /** @param ready told once */
    static Behavior<Command> create(
            VolumeName name, VolumePlacement placement, Surroundings surroundings, ActorRef<Ready> ready) {
        return Behaviors.setup(context -> new VolumeGuardian(context, name, placement, surroundings, ready));
    }

    private VolumeGuardian(
            ActorContext<Command> context,
            VolumeName name,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Ready> ready) {
        super(context);
        this.placement = placement;
        this.surroundings = surroundings;
        this.ready = ready;
        this.dispatcher = DispatcherSelector.fromConfig(
                surroundings.settings().persisting().dispatcher());
        ActorRef<Done> recovered = context.messageAdapter(Done.class, done -> new Recovered());
        this.coordinator =
                context.spawn(VolumeCoordinator.create(placement, surroundings, recovered), "coordinator", dispatcher);
        this.batcher = context.spawn(
                Batcher.create(name, placement.spec(), surroundings.settings().batching(), coordinator), "batcher");
        context.watch(coordinator);
        context.watch(batcher);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(Pin.class, this::onPin)
                .onMessage(Stop.class, stop -> onStop())
                .onMessage(Recovered.class, recovered -> onRecovered())
                .onSignal(ChildFailed.class, this::onChildFailed)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onSubmit(Submit submit) {
        batcher.tell(new Batcher.Enqueue(submit.work()));
        return this;
    }

    private Behavior<Command> onPin(Pin pin) {
        if (purger != null) {
            purger.tell(new Purger.Pin(pin.version()));
        }
        return this;
    }

    private Behavior<Command> onStop() {
        stopping = true;
        if (purger != null) {
            getContext().unwatch(purger);
            getContext().stop(purger);
        }
        batcher.tell(new Batcher.Close());
        return this;
    }

    private Behavior<Command> onRecovered() {
        if (!stopping) {
            purger = getContext().spawn(Purger.create(placement, surroundings, batcher), "purger", dispatcher);
            getContext().watch(purger);
            ready.tell(new Ready(getContext().getSelf()));
        }
        return this;
    }

    private Behavior<Command> onChildFailed(ChildFailed failed) {
        surroundings
                .fault()
                .halt("run the " + failed.getRef().path().name() + " of volume " + placement.volume(), failed.cause());
        return this;
    }

    private Behavior<Command> onTerminated(Terminated terminated) {
        if (!stopping) {
            String child = terminated.getRef().path().name();
            surroundings
                    .fault()
                    .halt(
                            "run the " + child + " of volume " + placement.volume(),
                            new AssertionError("the " + child + " stopped by itself"));
        }
        return terminated.getRef().path().equals(coordinator.path()) ? Behaviors.stopped() : this;
    }
}
