package io.mortar.core.namespace.row;

/**
 * Where the chunks of a content are, by the number of its layout.
 *
 * @param seed column of chunk 0 before reduction
 */
public record Placement(long layout, int seed, int stripeUnitBytes) {
    static final int SIZE_BYTES = Long.BYTES + 2 * Integer.BYTES;

    static Placement read(RowReader in) {
        return new Placement(in.u64(), in.u32(), in.u32());
    }

    RowWriter write(RowWriter out) {
        return out.u64(layout).u32(seed).u32(stripeUnitBytes);
    }
}
