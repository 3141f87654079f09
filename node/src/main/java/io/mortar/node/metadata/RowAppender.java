package io.mortar.node.metadata;

import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import java.util.ArrayList;
import java.util.List;

/** Appends any number of rows to a replicated log in batches of a bounded size, one after the other. For one thread, which waits. */
final class RowAppender {
    private final ReplicatedLog log;
    private final long term;
    private final int batchBytes;
    private final List<RowBatch.Row> rows = new ArrayList<>();
    private int sizeBytes;
    private long rowCount;
    private long batchCount;

    /** @param batchBytes keys and values of a batch, at most, unless one row has more */
    RowAppender(ReplicatedLog log, long term, int batchBytes) {
        this.log = log;
        this.term = term;
        this.batchBytes = batchBytes;
    }

    void put(Area area, byte[] key, byte[] value) {
        int rowBytes = key.length + value.length;
        if (sizeBytes + rowBytes > batchBytes) {
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
