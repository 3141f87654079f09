package io.mortar.journal.log;

import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A {@link SnapshotPoint} as the value of a row, and as it is sent. */
public final class StoredPoint {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

    private StoredPoint() {}

    public static byte[] toBytes(SnapshotPoint point) {
        byte[] membership = MembershipCodec.encode(point.membership());
        return ByteBuffer.allocate(HEADER_BYTES + membership.length)
                .put(VERSION)
                .putLong(point.index())
                .putLong(point.term())
                .put(membership)
                .array();
    }

    /** Throws {@link IllegalArgumentException} when {@code bytes} are not exactly one point of a version that is known here. */
    public static SnapshotPoint read(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            throw new IllegalArgumentException("a point of " + bytes.length + " bytes and format version "
                    + (bytes.length == 0 ? "none" : bytes[0]) + ", this version of Mortar reads " + VERSION);
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        return new SnapshotPoint(
                fields.getLong(),
                fields.getLong(),
                MembershipCodec.decode(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)));
    }
}
