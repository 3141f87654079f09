package io.mortar.journal.quorum;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import com.typesafe.config.Config;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.Payloads;
import io.mortar.journal.rows.ScalaFutures;
import io.mortar.journal.rows.SnapshotRow;
import io.mortar.journal.rows.SnapshotSelection;
import java.io.NotSerializableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import scala.concurrent.Future;

/**
 * The Akka Persistence snapshot store {@code mortar.snapshot.quorum}, in the rows of {@link QuorumJournal}, for actors of that journal. A
 * snapshot is one row and its size is limited. An actor whose events are kept as images has exactly one, the marker of its last event:
 * saving and deleting others does nothing, and succeeds.
 */
public final class QuorumSnapshots extends SnapshotStore {
    private final QuorumStore store;
    private final Payloads payloads;

    /** Made by Akka. */
    public QuorumSnapshots(Config config) {
        store = QuorumPersistence.store(context().system());
        payloads = new Payloads(context().system(), Math.toIntExact(config.getBytes("snapshot-bytes-max")));
    }

    /** The first step of a recovery, so what it finds must not be stale. */
    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return ScalaFutures.of(store.confirmed()
                .thenApplyAsync(
                        term -> {
                            Optional<SelectedSnapshot> found = find(persistenceId, criteria);
                            store.recoveries().began(persistenceId, term);
                            return found;
                        },
                        store.replayExecutor()));
    }

    private Optional<SelectedSnapshot> find(String persistenceId, SnapshotSelectionCriteria criteria) {
        Highest highest = Highest.of(persistenceId, store.rows());
        if (!highest.keepsImages()) {
            return SnapshotRow.newest(persistenceId, criteria, store.rows()).map(row -> row.toSnapshot(payloads));
        }
        if (highest.number() < criteria.minSequenceNr() || highest.number() > criteria.maxSequenceNr()) {
            return Optional.empty();
        }
        EventImage image = store.image()
                .orElseThrow(() -> new IllegalStateException("persistence id " + persistenceId
                        + " has its events as images, but no EventImage is bound to this actor system"));
        return Optional.of(SelectedSnapshot.create(
                new SnapshotMetadata(persistenceId, highest.number(), 0), image.marker(highest.number())));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        String id = metadata.persistenceId();
        return done(store.forActor(
                id,
                term -> CompletableFuture.supplyAsync(
                                () -> Highest.of(id, store.rows()).keepsImages()
                                        ? Optional.<SnapshotRow>empty()
                                        : Optional.of(serialize(metadata, snapshot)),
                                store.replayExecutor())
                        .thenCompose(row -> store.submit(term, rows -> {
                            row.ifPresent(present -> present.putInto(rows));
                            store.requireEntrySize(rows);
                            return true;
                        }))));
    }

    private SnapshotRow serialize(SnapshotMetadata metadata, Object snapshot) {
        try {
            return SnapshotRow.of(metadata, snapshot, payloads);
        } catch (NotSerializableException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return doDeleteAsync(metadata.persistenceId(), SnapshotSelection.one(metadata));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return done(store.forActor(
                persistenceId,
                term -> store.submit(term, rows -> true)
                        .thenCompose(settled -> deleteSteps(term, persistenceId, criteria))));
    }

    private CompletionStage<Boolean> deleteSteps(long term, String persistenceId, SnapshotSelectionCriteria criteria) {
        return store.submit(term, rows -> SnapshotRow.deleteSome(persistenceId, criteria, rows))
                .thenCompose(isComplete -> isComplete
                        ? CompletableFuture.completedFuture(true)
                        : deleteSteps(term, persistenceId, criteria));
    }

    private static Future<Void> done(CompletionStage<Boolean> stage) {
        return ScalaFutures.of(stage.thenAccept(written -> {}));
    }
}
