package io.mortar.core.namespace.row;

import java.nio.charset.StandardCharsets;

/**
 * A directory that was removed with all below it and is still to be taken apart.
 *
 * @param purgedTo last name that was taken out of it, or empty: spares the next step a scan over deleted rows
 */
public record DetachedRow(String purgedTo) {
    private static final int VERSION = 1;

    public static DetachedRow decode(byte[] value) {
        return RowReader.read(
                Table.DETACHED, VERSION, value, in -> new DetachedRow(new String(in.rest(), StandardCharsets.UTF_8)));
    }

    public byte[] encode() {
        byte[] name = purgedTo.getBytes(StandardCharsets.UTF_8);
        return RowWriter.of(Table.DETACHED, VERSION, name.length).bytes(name).done();
    }
}
