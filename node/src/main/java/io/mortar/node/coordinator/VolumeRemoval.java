package io.mortar.node.coordinator;

import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.volume.VolumeId;

/**
 * Has everything deleted of a volume that nobody serves any more, and stops when it is durably gone. Fails when the leadership ends before:
 * then the next leader begins anew.
 */
final class VolumeRemoval extends AbstractBehavior<VolumeRemoval.Command> {
    sealed interface Command permits EraserAnswered {}

    private record EraserAnswered(VolumeEraser.Result result) implements Command {}

    /** The leadership has ended; for the parent, which goes by the cause. */
    private static final class UnfinishedException extends RuntimeException {
        UnfinishedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final VolumeId volume;
    private final Surroundings surroundings;

    static Behavior<Command> create(VolumeId volume, Surroundings surroundings) {
        return Behaviors.supervise(
                        Behaviors.<Command>setup(context -> new VolumeRemoval(context, volume, surroundings)))
                .onFailure(UnfinishedException.class, SupervisorStrategy.stop().withLoggingEnabled(false));
    }

    private VolumeRemoval(ActorContext<Command> context, VolumeId volume, Surroundings surroundings) {
        super(context);
        this.volume = volume;
        this.surroundings = surroundings;
        Adapter.watch(
                context,
                Adapter.actorOf(
                        context,
                        VolumeEraser.props(
                                volume,
                                surroundings,
                                context.messageAdapter(VolumeEraser.Result.class, EraserAnswered::new)),
                        "eraser"));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(EraserAnswered.class, this::onAnswered)
                .onSignal(Terminated.class, terminated -> onEraserStopped())
                .build();
    }

    private Behavior<Command> onAnswered(EraserAnswered answer) {
        if (answer.result() instanceof VolumeEraser.Failed failed) {
            return failed(failed.cause());
        }
        getContext().getLog().info("volume={} namespace deleted", volume);
        return Behaviors.stopped();
    }

    /** Its answer, if it gave one, was here before. */
    private Behavior<Command> onEraserStopped() {
        return failed(new AssertionError("the actor that does it stopped by itself"));
    }

    private Behavior<Command> failed(Throwable cause) {
        String what = "delete volume " + volume;
        if (Leadership.isLost(cause)) {
            getContext().getLog().info("volume={} leadership lost while it is deleted: {}", volume, cause.getMessage());
            throw new UnfinishedException("cannot " + what + " to its end", cause);
        }
        surroundings.fault().halt(what, cause);
        return this;
    }
}
