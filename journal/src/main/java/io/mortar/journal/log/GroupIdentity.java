package io.mortar.journal.log;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which group a store belongs to; kept in the store, so that it is never opened as another's.
 *
 * @param clusterId of the cluster
 * @param group number of the group in it, 0 to 65535
 */
public record GroupIdentity(UUID clusterId, int group) {
    private static final byte VERSION = 1;
    private static final int SIZE_BYTES = 1 + 2 * Long.BYTES + Short.BYTES;

    public GroupIdentity {
        if (group < 0 || group > 0xffff) {
            throw new IllegalArgumentException("a group's number is 0 to 65535, but got " + group);
        }
    }

    /** The value of the row that identifies a store. */
    public byte[] toValue() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .put(VERSION)
                .putLong(clusterId.getMostSignificantBits())
                .putLong(clusterId.getLeastSignificantBits())
                .putShort((short) group)
                .array();
    }

    /** Throws {@link StoreRefusedException} unless {@code value} is this identity. {@code where} names the store. */
    public void require(byte @Nullable [] value, Object where) {
        if (value == null) {
            throw StoreRefusedException.damaged(where, "the row that says whose it is");
        }
        if (value.length != SIZE_BYTES || value[0] != VERSION) {
            throw new StoreRefusedException(where + " has an identity of " + value.length + " bytes and format version "
                    + (value.length == 0 ? "none" : value[0]) + ", this version of Mortar reads " + VERSION
                    + ": use a newer one");
        }
        ByteBuffer fields = ByteBuffer.wrap(value, 1, value.length - 1);
        GroupIdentity found =
                new GroupIdentity(new UUID(fields.getLong(), fields.getLong()), Short.toUnsignedInt(fields.getShort()));
        if (!found.equals(this)) {
            throw new StoreRefusedException(where + " belongs to group " + found.group + " of cluster "
                    + found.clusterId + ", but was opened for group " + group + " of cluster " + clusterId
                    + ": configure the directory that is this node's, or move this one away");
        }
    }
}
