package io.mortar.journal.local;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import com.typesafe.config.Config;
import io.mortar.journal.rows.Payloads;
import io.mortar.journal.rows.ScalaFutures;
import io.mortar.journal.rows.SnapshotRow;
import io.mortar.journal.rows.SnapshotSelection;
import java.io.NotSerializableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import scala.concurrent.Future;

/**
 * The Akka Persistence snapshot store {@code mortar.snapshot.local}, in the journal's store. It is made for markers and small states: a
 * snapshot is one row and its size is limited.
 */
public final class LocalSnapshots extends SnapshotStore {
    private final LocalStore local;
    private final Payloads payloads;
    private final Executor replays;

    /** Made by Akka. */
    public LocalSnapshots(Config config) {
        local = LocalStore.get(context().system());
        payloads = new Payloads(context().system(), Math.toIntExact(config.getBytes("snapshot-bytes-max")));
        replays = local.replayExecutor();
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return ScalaFutures.of(local.writer()
                .settled()
                .thenApplyAsync(
                        settled -> SnapshotRow.newest(persistenceId, criteria, local.store())
                                .map(row -> row.toSnapshot(payloads)),
                        replays));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        try {
            SnapshotRow row = SnapshotRow.of(metadata, snapshot, payloads);
            return done(local.writer().submit(rows -> {
                row.putInto(rows);
                return true;
            }));
        } catch (NotSerializableException e) {
            return done(CompletableFuture.failedFuture(e));
        }
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return doDeleteAsync(metadata.persistenceId(), SnapshotSelection.one(metadata));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return done(local.writer().settled().thenCompose(settled -> deleteSteps(persistenceId, criteria)));
    }

    private CompletionStage<Boolean> deleteSteps(String persistenceId, SnapshotSelectionCriteria criteria) {
        return local.writer()
                .submit(rows -> SnapshotRow.deleteSome(persistenceId, criteria, rows))
                .thenCompose(isComplete ->
                        isComplete ? CompletableFuture.completedFuture(true) : deleteSteps(persistenceId, criteria));
    }

    private static Future<Void> done(CompletionStage<Boolean> stage) {
        return ScalaFutures.of(stage.thenAccept(written -> {}));
    }
}
