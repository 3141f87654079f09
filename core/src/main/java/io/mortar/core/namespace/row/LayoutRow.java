package io.mortar.core.namespace.row;

import io.mortar.core.layout.Layout;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A layout and the two rows by which it is found. */
public final class LayoutRow {
    private static final int VERSION = 1;

    /** Adds the number of replicas. A layout without any is still written as before. */
    private static final int REPLICA_VERSION = 2;

    private LayoutRow() {}

    /** @param id from the key */
    public static Layout decode(long id, byte[] value) {
        return RowReader.read(Table.LAYOUT, VERSION, REPLICA_VERSION, value, (in, version) -> {
            int epoch = in.u32();
            int replicaCount = version == VERSION ? 1 : in.u8();
            int brickCount = version == VERSION ? in.u8() : in.u16();
            List<BrickId> bricks = new ArrayList<>(brickCount);
            for (int i = 0; i < brickCount; i++) {
                bricks.add(new BrickId(new UUID(in.u64(), in.u64())));
            }
            return new Layout(id, epoch, bricks, replicaCount);
        });
    }

    public static byte[] encode(Layout layout) {
        List<BrickId> bricks = layout.bricks();
        int bricksBytes = bricks.size() * 2 * Long.BYTES;
        RowWriter out = layout.replicaCount() == 1
                ? RowWriter.of(Table.LAYOUT, VERSION, Integer.BYTES + 1 + bricksBytes)
                        .u32(layout.epoch())
                        .u8(bricks.size())
                : RowWriter.of(Table.LAYOUT, REPLICA_VERSION, Integer.BYTES + 1 + Short.BYTES + bricksBytes)
                        .u32(layout.epoch())
                        .u8(layout.replicaCount())
                        .u16(bricks.size());
        for (BrickId brick : bricks) {
            out.u64(brick.value().getMostSignificantBits()).u64(brick.value().getLeastSignificantBits());
        }
        return out.done();
    }

    /** The number of the layout that has the bricks of the key. */
    public static long decodeIndex(byte[] value) {
        return RowReader.read(Table.LAYOUT_INDEX, VERSION, value, RowReader::u64);
    }

    public static byte[] encodeIndex(long layout) {
        return RowWriter.of(Table.LAYOUT_INDEX, VERSION, Long.BYTES).u64(layout).done();
    }

    /** The value of a row whose key says all: that a brick is in a layout. */
    public static byte[] encodeBrickLayout() {
        return RowWriter.of(Table.BRICK_LAYOUT, VERSION, 0).done();
    }
}
