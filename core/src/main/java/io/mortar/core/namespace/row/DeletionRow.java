package io.mortar.core.namespace.row;

import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A content whose chunks are to be deleted: all of them when it is dead, or the copies of {@code layout} that the file has no more.
 *
 * @param layout its layout, whose bricks may have chunks of it
 * @param keptLayout the layout that the file got when this was put on the queue; 0 for a dead content
 * @param seed column of chunk 0 before reduction, in both layouts; 0 for a dead content
 * @param confirmedFor the layout that the file had when {@code confirmed} said so; 0 for a dead content. What was confirmed for one says
 *     nothing of another
 * @param confirmed bricks that need not be told any more
 */
public record DeletionRow(
        long inode,
        long generation,
        long layout,
        long keptLayout,
        int seed,
        long confirmedFor,
        List<BrickId> confirmed) {
    private static final int VERSION = 1;

    /** Adds the layout that is kept. A content of which nothing is kept is still written as before. */
    private static final int KEPT_VERSION = 2;

    /** Adds what some bricks have confirmed while others have not. */
    private static final int CONFIRMED_VERSION = 3;

    public DeletionRow {
        confirmed = List.copyOf(confirmed);
    }

    /** Confirmed by nobody. */
    public DeletionRow(long inode, long generation, long layout, long keptLayout, int seed) {
        this(inode, generation, layout, keptLayout, seed, 0, List.of());
    }

    /** Of a dead content. */
    public DeletionRow(long inode, long generation, long layout) {
        this(inode, generation, layout, 0, 0);
    }

    /** The same when these bricks, and no others, have confirmed it for that layout. */
    public DeletionRow confirmedBy(List<BrickId> bricks, long layoutThen) {
        return new DeletionRow(inode, generation, layout, keptLayout, seed, layoutThen, bricks);
    }

    public static DeletionRow decode(byte[] value) {
        return RowReader.read(
                Table.DELETION,
                VERSION,
                CONFIRMED_VERSION,
                value,
                (in, version) -> new DeletionRow(
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        version == VERSION ? 0 : in.u64(),
                        version == VERSION ? 0 : in.u32(),
                        version < CONFIRMED_VERSION ? 0 : in.u64(),
                        version < CONFIRMED_VERSION ? List.of() : bricks(in)));
    }

    private static List<BrickId> bricks(RowReader in) {
        int count = in.u16();
        List<BrickId> bricks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            bricks.add(new BrickId(new UUID(in.u64(), in.u64())));
        }
        return bricks;
    }

    public byte[] encode() {
        int version = !confirmed.isEmpty() ? CONFIRMED_VERSION : keptLayout == 0 ? VERSION : KEPT_VERSION;
        RowWriter out = RowWriter.of(Table.DELETION, version, sizeOf(version));
        out.u64(inode).u64(generation).u64(layout);
        if (version >= KEPT_VERSION) {
            out.u64(keptLayout).u32(seed);
        }
        if (version == CONFIRMED_VERSION) {
            out.u64(confirmedFor).u16(confirmed.size());
            for (BrickId brick : confirmed) {
                out.u64(brick.value().getMostSignificantBits())
                        .u64(brick.value().getLeastSignificantBits());
            }
        }
        return out.done();
    }

    private int sizeOf(int version) {
        return switch (version) {
            case VERSION -> 3 * Long.BYTES;
            case KEPT_VERSION -> 4 * Long.BYTES + Integer.BYTES;
            default -> 5 * Long.BYTES + Integer.BYTES + Short.BYTES + confirmed.size() * 2 * Long.BYTES;
        };
    }
}
