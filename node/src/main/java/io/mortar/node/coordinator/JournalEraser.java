package io.mortar.node.coordinator;

import akka.actor.Props;
import akka.actor.typed.ActorRef;
import akka.persistence.AbstractPersistentActor;
import akka.persistence.DeleteMessagesFailure;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.DeleteSnapshotsFailure;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.Recovery;
import akka.persistence.RecoveryCompleted;
import akka.persistence.SnapshotSelectionCriteria;
import io.mortar.node.coordinator.CoordinatorSettings.Persisting;
import scala.Option;

/**
 * Deletes all events and snapshots of one persistence id, answers, and stops. Replays nothing. Not a typed actor, since those can
 * delete only what lies before a snapshot.
 */
final class JournalEraser {
    sealed interface Result permits Erased, Failed {}

    /** Durable. */
    record Erased() implements Result {}

    record Failed(Throwable cause) implements Result {}

    private final String persistenceId;
    private final Persisting settings;
    private final ActorRef<Result> replyTo;

    private JournalEraser(String persistenceId, Persisting settings, ActorRef<Result> replyTo) {
        this.persistenceId = persistenceId;
        this.settings = settings;
        this.replyTo = replyTo;
    }

    /** The actor that begins as soon as it is there. */
    static Props props(String persistenceId, Persisting settings, ActorRef<Result> replyTo) {
        JournalEraser eraser = new JournalEraser(persistenceId, settings, replyTo);
        return Props.create(Eraser.class, () -> eraser.new Eraser());
    }

    /** An inner class because Akka's constructor asks for the plugin ids, before fields of its own would be set. */
    private final class Eraser extends AbstractPersistentActor {
        @Override
        public String persistenceId() {
            return persistenceId;
        }

        @Override
        public String journalPluginId() {
            return settings.journalPluginId();
        }

        @Override
        public String snapshotPluginId() {
            return settings.snapshotPluginId();
        }

        @Override
        public Recovery recovery() {
            return Recovery.none();
        }

        @Override
        public Receive createReceiveRecover() {
            return receiveBuilder()
                    .match(RecoveryCompleted.class, completed -> deleteMessages(lastSequenceNr()))
                    .build();
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(DeleteMessagesSuccess.class, s -> deleteSnapshots(SnapshotSelectionCriteria.latest()))
                    .match(DeleteSnapshotsSuccess.class, s -> finish(new Erased()))
                    .match(DeleteMessagesFailure.class, failure -> finish(new Failed(failure.cause())))
                    .match(DeleteSnapshotsFailure.class, failure -> finish(new Failed(failure.cause())))
                    .build();
        }

        @Override
        public void onRecoveryFailure(Throwable cause, Option<Object> event) {
            replyTo.tell(new Failed(cause));
        }

        private void finish(Result result) {
            replyTo.tell(result);
            getContext().stop(getSelf());
        }
    }
}
