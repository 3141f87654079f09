package io.mortar.node.coordinator;

import akka.actor.Props;
import akka.actor.typed.ActorRef;
import akka.persistence.AbstractPersistentActorWithTimers;
import akka.persistence.DeleteMessagesFailure;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.DeleteSnapshotsFailure;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.Recovery;
import akka.persistence.RecoveryCompleted;
import akka.persistence.SnapshotSelectionCriteria;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.RowCursor;
import io.mortar.core.namespace.RowRange;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeRows;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.node.coordinator.CoordinatorSettings.Persisting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import scala.Option;

/**
 * Deletes everything of one volume: first its rows, in steps that are events of the volume like any other, then its events, its snapshots
 * and its bookkeeping. Then it answers and stops. Interrupted anywhere, it can be begun again, on any node that holds the volume's
 * rows: what is left is found by looking. So it replays nothing, and events that another attempt left behind do no harm.
 *
 * <p>Not a typed actor, since those replay, and can delete only what lies before a snapshot.
 */
final class VolumeEraser {
    sealed interface Result permits Erased, Failed {}

    /** Durable. */
    record Erased() implements Result {}

    record Failed(Throwable cause) implements Result {}

    private enum Next {
        STEP
    }

    private static final Duration SPACE_WAIT = Duration.ofSeconds(1);

    /** Steps after which their events are deleted: they would take as much room as the rows did. */
    private static final int KEPT_EVENTS_MAX = 16;

    private final VolumeId volume;
    private final String id;
    private final Surroundings surroundings;
    private final Persisting settings;
    private final ActorRef<Result> replyTo;

    private VolumeEraser(VolumeId volume, Surroundings surroundings, ActorRef<Result> replyTo) {
        this.volume = volume;
        this.id = VolumeCoordinator.persistenceId(volume).id();
        this.surroundings = surroundings;
        this.settings = surroundings.settings().persisting();
        this.replyTo = replyTo;
    }

    /** The actor that begins as soon as it is there; it blocks on the disk. Nobody else may use the volume any more. */
    static Props props(VolumeId volume, Surroundings surroundings, ActorRef<Result> replyTo) {
        VolumeEraser eraser = new VolumeEraser(volume, surroundings, replyTo);
        return Props.create(Eraser.class, () -> eraser.new Eraser()).withDispatcher(eraser.settings.dispatcher());
    }

    /** An inner class because Akka's constructor asks for the plugin ids, before fields of its own would be set. */
    private final class Eraser extends AbstractPersistentActorWithTimers {
        private boolean rowsGone;
        private int keptEvents;

        @Override
        public String persistenceId() {
            return id;
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
                    .match(RecoveryCompleted.class, completed -> step())
                    .build();
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Next.class, next -> step())
                    .match(DeleteMessagesSuccess.class, s -> onEventsDeleted())
                    .match(DeleteSnapshotsSuccess.class, s -> forget())
                    .match(DeleteMessagesFailure.class, failure -> tryAgainOrFail(failure.cause()))
                    .match(DeleteSnapshotsFailure.class, failure -> tryAgainOrFail(failure.cause()))
                    .build();
        }

        /** While the disk takes no writes it waits. */
        private void step() {
            if (surroundings.space().acceptsWrites()) {
                deleteRows(someRows());
            } else {
                waitForSpace();
            }
        }

        private void deleteRows(List<RowChange> deletes) {
            rowsGone = deletes.isEmpty();
            if (rowsGone || keptEvents == KEPT_EVENTS_MAX) {
                keptEvents = 0;
                deleteMessages(lastSequenceNr());
                return;
            }
            persist(new NamespaceBatch(deletes), batch -> {
                keptEvents += surroundings.namespace().keepsEvents() ? 1 : 0;
                surroundings.namespace().apply(id, lastSequenceNr(), batch.changes());
                self().tell(Next.STEP, self());
            });
        }

        private void onEventsDeleted() {
            if (rowsGone) {
                deleteSnapshots(SnapshotSelectionCriteria.latest());
            } else {
                step();
            }
        }

        @Override
        public void onPersistFailure(Throwable cause, Object event, long sequence) {
            replyTo.tell(new Failed(cause));
        }

        @Override
        public void onPersistRejected(Throwable cause, Object event, long sequence) {
            tryAgainOrFail(cause);
        }

        @Override
        public void onRecoveryFailure(Throwable cause, Option<Object> event) {
            replyTo.tell(new Failed(cause));
        }

        /** The disk may have become full since it was asked; nothing was written then. */
        private void tryAgainOrFail(Throwable cause) {
            if (cause instanceof KvNoSpaceException) {
                waitForSpace();
            } else {
                finish(new Failed(cause));
            }
        }

        private void waitForSpace() {
            timers().startSingleTimer(Next.STEP, Next.STEP, SPACE_WAIT);
        }

        private void forget() {
            surroundings.namespace().forget(id);
            finish(new Erased());
        }

        private void finish(Result result) {
            replyTo.tell(result);
            getContext().stop(getSelf());
        }
    }

    private List<RowChange> someRows() {
        List<RowChange> deletes = new ArrayList<>();
        Rows rows = surroundings.namespace().rows();
        for (RowRange range : VolumeRows.ranges(volume)) {
            try (RowCursor cursor = rows.scan(range.from(), range.to())) {
                while (deletes.size() < settings.dropRowsMax() && cursor.next()) {
                    deletes.add(new RowChange(cursor.key(), null));
                }
            }
        }
        return deletes;
    }
}
