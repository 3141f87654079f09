package io.mortar.node.metadata;

import io.mortar.journal.kv.KvView;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import io.mortar.node.log.RowTree;
import io.mortar.node.log.UnusedLog;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The rows of a replicated log in memory; every append is for the leadership of term 1. */
final class MemoryLog extends UnusedLog {
    private final Map<Area, RowTree> rows = Map.of(Area.JOURNAL, RowTree.empty(), Area.APPLICATION, RowTree.empty());
    private int appendsLeft = Integer.MAX_VALUE;
    private int appendCount;

    /** Appends fail after {@code count} more. */
    void failAfter(int count) {
        appendsLeft = count;
    }

    int appendCount() {
        return appendCount;
    }

    /** Everything as text. */
    List<String> dump() {
        return rows.entrySet().stream()
                .flatMap(area -> area.getValue().rows().entrySet().stream()
                        .map(row -> area.getKey() + " " + HexFormat.of().formatHex(row.getKey()) + " "
                                + HexFormat.of().formatHex(row.getValue())))
                .sorted()
                .toList();
    }

    @Override
    public CompletionStage<Long> append(RowBatch batch, long term) {
        if (appendsLeft == 0) {
            return CompletableFuture.failedStage(new IllegalStateException("no more appends"));
        }
        appendsLeft--;
        appendCount++;
        batch.rows().forEach(row -> table(row.area()).set(row.key(), row.value()));
        return CompletableFuture.completedStage((long) appendCount);
    }

    private RowTree table(Area area) {
        return Objects.requireNonNull(rows.get(area));
    }

    @Override
    public KvView journalRows() {
        return table(Area.JOURNAL);
    }

    @Override
    public KvView applicationRows() {
        return table(Area.APPLICATION);
    }
}
