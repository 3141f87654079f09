package io.mortar.node.metadata;

import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import java.util.ArrayList;
import java.util.List;

/** Appends any number of rows to a replicated log in batches of a bounded size, one after the other. For one thread, which waits. */
final class RowAppender {
    /** A batch is appended once it has this much, so that no entry delays heartbeats. */
    static final int BATCH_BYTES = 256 << 10;

    private final ReplicatedLog log;
    private final long term;
    private final List<RowBatch.Row> rows = new ArrayList<>();
    private int sizeBytes;
    private long rowCount;
    private long batchCount;

    RowAppender(ReplicatedLog log, long term) {
        this.log = log;
        this.term = term;
    }

    void put(Area area, byte[] key, byte[] value) {
        int rowBytes = key.length + value.length;
        if (sizeBytes + rowBytes > BATCH_BYTES) {
            flush();
        }
        rows.add(new RowBatch.Row(area, key, value));
        sizeBytes += rowBytes;
        rowCount++;
    }

    /** Returns when all rows are applied. */
    void flush() {
        if (rows.isEmpty()) {
            return;
        }
        log.append(RowBatch.of(rows), term).toCompletableFuture().join();
        rows.clear();
        sizeBytes = 0;
        batchCount++;
    }

    long rowCount() {
        return rowCount;
    }

    long batchCount() {
        return batchCount;
    }
}
