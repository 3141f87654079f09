package io.mortar.node.metadata;

import akka.Done;
import io.mortar.journal.group.GroupStatus;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rows of a replicated log in memory; every append is for the leadership of term 1. */
final class MemoryLog implements ReplicatedLog {
    private final Map<Area, NavigableMap<byte[], byte[]>> rows = Map.of(
            Area.JOURNAL, new TreeMap<>(Arrays::compareUnsigned),
            Area.APPLICATION, new TreeMap<>(Arrays::compareUnsigned));
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
                .flatMap(area -> area.getValue().entrySet().stream()
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
        for (RowBatch.Row row : batch.rows()) {
            byte[] value = row.value();
            if (value == null) {
                table(row.area()).remove(row.key());
            } else {
                table(row.area()).put(row.key(), value);
            }
        }
        return CompletableFuture.completedStage((long) appendCount);
    }

    private NavigableMap<byte[], byte[]> table(Area area) {
        return Objects.requireNonNull(rows.get(area));
    }

    private record View(NavigableMap<byte[], byte[]> rows) implements KvView {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return rows.get(key);
        }

        @Override
        public KvCursor scan(byte[] from, byte[] to) {
            return new Cursor(rows.subMap(from, to).entrySet().iterator());
        }
    }

    private static final class Cursor implements KvCursor {
        private final Iterator<Map.Entry<byte[], byte[]>> rows;
        private Map.Entry<byte[], byte[]> row = Map.entry(new byte[0], new byte[0]);

        Cursor(Iterator<Map.Entry<byte[], byte[]>> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            boolean more = rows.hasNext();
            if (more) {
                row = rows.next();
            }
            return more;
        }

        @Override
        public byte[] key() {
            return row.getKey();
        }

        @Override
        public byte[] value() {
            return row.getValue();
        }

        @Override
        public void close() {}
    }

    @Override
    public KvView journalRows() {
        return new View(table(Area.JOURNAL));
    }

    @Override
    public KvView applicationRows() {
        return new View(table(Area.APPLICATION));
    }

    @Override
    public MemberId self() {
        return new MemberId("solo");
    }

    @Override
    public CompletionStage<Void> confirm(long term) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KvSnapshot applicationSnapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void listen(LeadershipListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupStatus status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable MemberId to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Done> changeMember(MemberChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Throwable> failure() {
        throw new UnsupportedOperationException();
    }
}
