package io.mortar.core.namespace.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory that was removed with all below it and is still to be taken apart.
 *
 * @param purgedTo last name that was taken out of it, or empty: spares the next step a scan over deleted rows
 * @param charged quotas that count what is still in it, as long as they exist
 */
public record DetachedRow(String purgedTo, List<Charged> charged) {
    private static final int VERSION = 1;

    /** Adds {@code charged}. Without quotas the row is still written as before. */
    private static final int CHARGED_VERSION = 2;

    /**
     * A quota.
     *
     * @param directory inode of the directory that has it
     * @param number {@link QuotaRow#number}
     */
    public record Charged(long directory, long number) {
        private static final int SIZE_BYTES = 2 * Long.BYTES;
    }

    public DetachedRow {
        charged = List.copyOf(charged);
    }

    public static DetachedRow decode(byte[] value) {
        return RowReader.read(Table.DETACHED, VERSION, CHARGED_VERSION, value, (in, version) -> {
            List<Charged> charged = version == VERSION ? List.of() : charged(in);
            return new DetachedRow(new String(in.rest(), StandardCharsets.UTF_8), charged);
        });
    }

    private static List<Charged> charged(RowReader in) {
        int count = in.u16();
        List<Charged> charged = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            charged.add(new Charged(in.u64(), in.u64()));
        }
        return charged;
    }

    public DetachedRow purgedTo(String name) {
        return new DetachedRow(name, charged);
    }

    public byte[] encode() {
        byte[] name = purgedTo.getBytes(StandardCharsets.UTF_8);
        if (charged.isEmpty()) {
            return RowWriter.of(Table.DETACHED, VERSION, name.length)
                    .bytes(name)
                    .done();
        }
        RowWriter out = RowWriter.of(
                        Table.DETACHED,
                        CHARGED_VERSION,
                        Short.BYTES + charged.size() * Charged.SIZE_BYTES + name.length)
                .u16(charged.size());
        charged.forEach(quota -> out.u64(quota.directory()).u64(quota.number()));
        return out.bytes(name).done();
    }
}
