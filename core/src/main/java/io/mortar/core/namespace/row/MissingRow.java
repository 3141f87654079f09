package io.mortar.core.namespace.row;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * That a brick lacks copies of chunks of a file. The key says which brick and file.
 *
 * @param generation of the content that they are chunks of
 * @param chunks indexes of the chunks, ascending; none stands for all that the brick should have
 */
public record MissingRow(long generation, List<Integer> chunks) {
    /** With more chunks than these, all chunks that the brick should have are looked after. */
    public static final int CHUNK_COUNT_MAX = 64;

    private static final int VERSION = 1;

    public MissingRow {
        chunks = List.copyOf(chunks);
    }

    /** A row for all chunks of the brick. */
    public static MissingRow all(long generation) {
        return new MissingRow(generation, List.of());
    }

    /** This and chunk {@code index}. */
    public MissingRow with(int index) {
        if (chunks.isEmpty() || chunks.contains(index)) {
            return this;
        }
        TreeSet<Integer> more = new TreeSet<>(chunks);
        more.add(index);
        return more.size() > CHUNK_COUNT_MAX ? all(generation) : new MissingRow(generation, List.copyOf(more));
    }

    public static MissingRow decode(byte[] value) {
        return RowReader.read(Table.MISSING, VERSION, value, in -> {
            long generation = in.u64();
            int count = in.u8();
            List<Integer> chunks = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                chunks.add(in.u32());
            }
            return new MissingRow(generation, chunks);
        });
    }

    public byte[] encode() {
        RowWriter out = RowWriter.of(Table.MISSING, VERSION, Long.BYTES + 1 + chunks.size() * Integer.BYTES)
                .u64(generation)
                .u8(chunks.size());
        chunks.forEach(out::u32);
        return out.done();
    }
}
