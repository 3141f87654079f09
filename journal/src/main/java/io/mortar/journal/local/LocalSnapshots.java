package io.mortar.journal.local;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import com.typesafe.config.Config;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
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
        return ScalaFutures.of(
                local.writer().settled().thenApplyAsync(settled -> newest(persistenceId, criteria), replays));
    }

    private Optional<SelectedSnapshot> newest(String persistenceId, SnapshotSelectionCriteria criteria) {
        List<SnapshotRow> found = new ArrayList<>();
        SnapshotRow.scan(persistenceId, criteria, local.store(), row -> {
            found.clear();
            found.add(row);
        });
        return found.stream().findFirst().map(row -> row.toSnapshot(payloads));
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

    /** By number alone when the timestamp is 0, as Akka asks for. */
    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        long number = metadata.sequenceNr();
        long timestamp = metadata.timestamp();
        long timestampMax = timestamp == 0 ? Long.MAX_VALUE : timestamp;
        return doDeleteAsync(
                metadata.persistenceId(), SnapshotSelectionCriteria.create(number, timestampMax, number, timestamp));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return done(local.writer()
                .settled()
                .thenCompose(settled -> local.writer().submit(rows -> {
                    SnapshotRow.scan(persistenceId, criteria, rows.written(), row -> row.deleteFrom(rows));
                    return true;
                })));
    }

    private static Future<Void> done(CompletionStage<Boolean> stage) {
        return ScalaFutures.of(stage.thenAccept(written -> {}));
    }
}
