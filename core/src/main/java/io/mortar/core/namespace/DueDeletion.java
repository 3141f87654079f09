package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.pool.BrickId;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A content whose chunks can be deleted, or some copies of which can.
 *
 * @param dueMillis when it became due
 * @param sequence number of the deletion in its volume
 * @param order the volume's last number when {@code kept} was found out: above that of every relocation that led to it, below that of every
 *     one that begins later; {@code sequence} for a dead content
 * @param bricks that may have chunks to be deleted, each once; all must confirm before the deletion is done
 * @param kept the layout whose copies stay; null for a dead content, of which nothing stays
 * @param seed column of chunk 0 before reduction; 0 for a dead content
 */
public record DueDeletion(
        long dueMillis,
        long sequence,
        long order,
        FileVersion version,
        List<BrickId> bricks,
        @Nullable Layout kept,
        int seed) {
    public DueDeletion {
        bricks = List.copyOf(bricks);
    }

    /** Of a dead content. */
    public DueDeletion(long dueMillis, long sequence, FileVersion version, List<BrickId> bricks) {
        this(dueMillis, sequence, sequence, version, bricks, null, 0);
    }

    /** The same for those of its bricks that {@code has} says to be there. */
    public DueDeletion onlyOn(Predicate<BrickId> has) {
        return new DueDeletion(
                dueMillis, sequence, order, version, bricks.stream().filter(has).toList(), kept, seed);
    }

    /** Columns of which {@code brick} keeps its chunks. */
    public List<Integer> keptColumns(BrickId brick) {
        Layout layout = kept;
        return layout == null
                ? List.of()
                : IntStream.range(0, layout.width())
                        .filter(column -> layout.column(column).contains(brick))
                        .boxed()
                        .toList();
    }
}
