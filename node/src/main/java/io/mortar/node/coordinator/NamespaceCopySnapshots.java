package io.mortar.node.coordinator;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import io.mortar.journal.rows.ScalaFutures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import scala.concurrent.Future;

/**
 * The Akka Persistence snapshot store of coordinators over a {@link NamespaceCopy}. The copy is their snapshot, so this stores nothing:
 * it only says which event the copy is at, and Akka replays from there. It says one event less, so that the last one is replayed again:
 * that shows whether the journal still has it. Not for any other actor.
 */
public final class NamespaceCopySnapshots extends SnapshotStore {
    /** Id of the plugin. */
    public static final String ID = "mortar.snapshot.namespace-copy";

    private final NamespaceCopies copies = NamespaceCopies.get(context().system());

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        long sequence = copies.store().applied(persistenceId) - 1;
        boolean wanted = sequence > 0 && sequence >= criteria.minSequenceNr() && sequence <= criteria.maxSequenceNr();
        return done(
                wanted
                        ? Optional.of(SelectedSnapshot.create(
                                new SnapshotMetadata(persistenceId, sequence, 0), new NamespaceMarker(sequence)))
                        : Optional.empty());
    }

    /** Coordinators over a copy save none. */
    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return ScalaFutures.of(
                CompletableFuture.failedStage(new UnsupportedOperationException(ID + " keeps no snapshots")));
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return nothingToDo();
    }

    /** Called when a volume is deleted. */
    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return nothingToDo();
    }

    private static Future<Void> nothingToDo() {
        return ScalaFutures.of(CompletableFuture.runAsync(() -> {}, Runnable::run));
    }

    private static <T> Future<T> done(T value) {
        return ScalaFutures.of(CompletableFuture.completedStage(value));
    }
}
