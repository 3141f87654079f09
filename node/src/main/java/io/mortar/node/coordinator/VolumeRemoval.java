package io.mortar.node.coordinator;

import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.volume.VolumeId;
import io.mortar.node.coordinator.CoordinatorSettings.Persisting;

/**
 * Deletes everything of a volume that nobody serves any more: first its events and snapshots, so that nothing can bring rows back,
 * then its rows, part by part. Stops when all is durably gone. Interrupted anywhere, it can be run again.
 */
final class VolumeRemoval extends AbstractBehavior<VolumeRemoval.Command> {
    sealed interface Command permits JournalAnswered, DropNext {}

    private record JournalAnswered(JournalEraser.Result result) implements Command {}

    private record DropNext() implements Command {}

    private final VolumeId volume;
    private final Surroundings surroundings;
    private final String persistenceId;
    private boolean journalErased;

    static Behavior<Command> create(VolumeId volume, Surroundings surroundings) {
        return Behaviors.setup(context -> new VolumeRemoval(context, volume, surroundings));
    }

    private VolumeRemoval(ActorContext<Command> context, VolumeId volume, Surroundings surroundings) {
        super(context);
        this.volume = volume;
        this.surroundings = surroundings;
        this.persistenceId = VolumeCoordinator.persistenceId(volume).id();
        Adapter.watch(
                context,
                Adapter.actorOf(
                        context,
                        JournalEraser.props(
                                persistenceId,
                                persisting(),
                                context.messageAdapter(JournalEraser.Result.class, JournalAnswered::new)),
                        "journal"));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(JournalAnswered.class, this::onJournalAnswered)
                .onMessage(DropNext.class, next -> onDropNext())
                .onSignal(Terminated.class, terminated -> onEraserStopped())
                .build();
    }

    private Behavior<Command> onJournalAnswered(JournalAnswered answer) {
        if (answer.result() instanceof JournalEraser.Failed failed) {
            surroundings.fault().halt("delete the events of " + persistenceId, failed.cause());
            return this;
        }
        journalErased = true;
        return onDropNext();
    }

    /** Its answer, if it gave one, was here before. */
    private Behavior<Command> onEraserStopped() {
        if (!journalErased) {
            String what = "delete the events of " + persistenceId;
            surroundings.fault().halt(what, new AssertionError("the actor that does it stopped by itself"));
        }
        return this;
    }

    private Behavior<Command> onDropNext() {
        if (surroundings.store().dropRows(volume, persisting().dropRowsMax()) > 0) {
            getContext().getSelf().tell(new DropNext());
            return this;
        }
        surroundings.store().forget(persistenceId);
        getContext().getLog().info("volume={} namespace deleted", volume);
        return Behaviors.stopped();
    }

    private Persisting persisting() {
        return surroundings.settings().persisting();
    }
}
