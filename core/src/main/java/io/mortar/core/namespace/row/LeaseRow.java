package io.mortar.core.namespace.row;

import io.mortar.core.path.VolumePath;
import java.nio.charset.StandardCharsets;

/**
 * An open write.
 *
 * @param path where the content is to appear; looked up when it is committed
 */
public record LeaseRow(Placement placement, VolumePath path) {
    private static final int VERSION = 1;

    public static LeaseRow decode(byte[] value) {
        return RowReader.read(
                Table.LEASE,
                VERSION,
                value,
                in -> new LeaseRow(
                        Placement.read(in), VolumePath.parse(new String(in.rest(), StandardCharsets.UTF_8))));
    }

    public byte[] encode() {
        byte[] text = path.toString().getBytes(StandardCharsets.UTF_8);
        return placement
                .write(RowWriter.of(Table.LEASE, VERSION, Placement.SIZE_BYTES + text.length))
                .bytes(text)
                .done();
    }
}
