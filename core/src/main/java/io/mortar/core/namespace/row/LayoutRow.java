package io.mortar.core.namespace.row;

import io.mortar.core.layout.Layout;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A layout and the two rows by which it is found. */
public final class LayoutRow {
    private static final int VERSION = 1;

    private LayoutRow() {}

    /** @param id from the key */
    public static Layout decode(long id, byte[] value) {
        return RowReader.read(Table.LAYOUT, VERSION, value, in -> {
            int epoch = in.u32();
            int width = in.u8();
            List<BrickId> columns = new ArrayList<>(width);
            for (int i = 0; i < width; i++) {
                columns.add(new BrickId(new UUID(in.u64(), in.u64())));
            }
            return new Layout(id, epoch, columns);
        });
    }

    public static byte[] encode(Layout layout) {
        List<BrickId> columns = layout.columns();
        RowWriter out = RowWriter.of(Table.LAYOUT, VERSION, Integer.BYTES + 1 + columns.size() * 2 * Long.BYTES)
                .u32(layout.epoch())
                .u8(columns.size());
        for (BrickId brick : columns) {
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
