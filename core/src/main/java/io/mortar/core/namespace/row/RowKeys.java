package io.mortar.core.namespace.row;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Keys: the table's letter, the volume's number in 4 bytes, then what names the row in its table, big-endian. */
public final class RowKeys {
    private static final int PREFIX_BYTES = 5;

    private RowKeys() {}

    /** Below every key of {@code table} in {@code volume}. */
    public static byte[] first(Table table, VolumeId volume) {
        return start(table, volume, 0).array();
    }

    /** Above every key of {@code table} in {@code volume}. */
    public static byte[] end(Table table, VolumeId volume) {
        return ByteBuffer.allocate(PREFIX_BYTES)
                .put(table.letter())
                .putInt(volume.value() + 1)
                .array();
    }

    /** The smallest key above {@code key}. */
    public static byte[] above(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    public static byte[] dentry(VolumeId volume, long parent, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return start(Table.DENTRY, volume, Long.BYTES + utf8.length)
                .putLong(parent)
                .put(utf8)
                .array();
    }

    /** Below every name in directory {@code parent}; the same of {@code parent + 1} is above them all. */
    public static byte[] dentries(VolumeId volume, long parent) {
        return start(Table.DENTRY, volume, Long.BYTES).putLong(parent).array();
    }

    /** The name in a key that {@link #dentry} made. */
    public static String nameOf(byte[] dentryKey) {
        int before = PREFIX_BYTES + Long.BYTES;
        return new String(dentryKey, before, dentryKey.length - before, StandardCharsets.UTF_8);
    }

    public static byte[] inode(VolumeId volume, long inode) {
        return start(Table.INODE, volume, Long.BYTES).putLong(inode).array();
    }

    public static byte[] layout(VolumeId volume, long layout) {
        return start(Table.LAYOUT, volume, Long.BYTES).putLong(layout).array();
    }

    /** The number of replicas is part of it only if there are several: the length tells. */
    public static byte[] layoutIndex(VolumeId volume, List<BrickId> bricks, int replicaCount) {
        ByteBuffer key =
                ByteBuffer.allocate(PREFIX_BYTES + bricks.size() * 2 * Long.BYTES + (replicaCount == 1 ? 0 : 1));
        key.put(first(Table.LAYOUT_INDEX, volume));
        for (BrickId brick : bricks) {
            key.putLong(brick.value().getMostSignificantBits())
                    .putLong(brick.value().getLeastSignificantBits());
        }
        if (replicaCount != 1) {
            key.put((byte) replicaCount);
        }
        return key.array();
    }

    /** Below every layout of {@code brick}. */
    public static byte[] brickLayouts(VolumeId volume, BrickId brick) {
        UUID id = brick.value();
        return start(Table.BRICK_LAYOUT, volume, 2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** {@code layout} may be {@link Long#MAX_VALUE} for an end above every layout of {@code brick}. */
    public static byte[] brickLayout(VolumeId volume, BrickId brick, long layout) {
        UUID id = brick.value();
        return start(Table.BRICK_LAYOUT, volume, 3 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(layout)
                .array();
    }

    /** The layout in a key that {@link #brickLayout} made. */
    public static long layoutOf(byte[] brickLayoutKey) {
        return ByteBuffer.wrap(brickLayoutKey).getLong(PREFIX_BYTES + 2 * Long.BYTES);
    }

    /** {@code inode} may be 0 for a start below, and {@link Long#MAX_VALUE} for an end above, all of {@code brick}. */
    public static byte[] missing(VolumeId volume, BrickId brick, long inode) {
        UUID id = brick.value();
        return start(Table.MISSING, volume, 3 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(inode)
                .array();
    }

    /** The brick in a key that {@link #missing} made. */
    public static BrickId missingBrickOf(byte[] missingKey) {
        ByteBuffer key = ByteBuffer.wrap(missingKey);
        return new BrickId(new UUID(key.getLong(PREFIX_BYTES), key.getLong(PREFIX_BYTES + Long.BYTES)));
    }

    /** The inode in a key that {@link #missing} made. */
    public static long missingInodeOf(byte[] missingKey) {
        return ByteBuffer.wrap(missingKey).getLong(PREFIX_BYTES + 2 * Long.BYTES);
    }

    public static byte[] lease(FileVersion version) {
        return start(Table.LEASE, version.volume(), 2 * Long.BYTES)
                .putLong(version.inode())
                .putLong(version.generation())
                .array();
    }

    /** The version in a key that {@link #lease} made. */
    public static FileVersion leaseOf(byte[] leaseKey) {
        ByteBuffer key = ByteBuffer.wrap(leaseKey);
        return new FileVersion(
                new VolumeId(key.getInt(1)), key.getLong(PREFIX_BYTES), key.getLong(PREFIX_BYTES + Long.BYTES));
    }

    public static byte[] deletion(VolumeId volume, long dueMillis, long number) {
        return start(Table.DELETION, volume, 2 * Long.BYTES)
                .putLong(dueMillis)
                .putLong(number)
                .array();
    }

    /** The due time in a key that {@link #deletion} made. */
    public static long dueMillisOf(byte[] deletionKey) {
        return ByteBuffer.wrap(deletionKey).getLong(PREFIX_BYTES);
    }

    /** The number in a key that {@link #deletion} made. */
    public static long deletionNumberOf(byte[] deletionKey) {
        return ByteBuffer.wrap(deletionKey).getLong(PREFIX_BYTES + Long.BYTES);
    }

    public static byte[] detached(VolumeId volume, long inode) {
        return start(Table.DETACHED, volume, Long.BYTES).putLong(inode).array();
    }

    /** The directory in a key that {@link #detached} made. */
    public static long detachedOf(byte[] detachedKey) {
        return ByteBuffer.wrap(detachedKey).getLong(PREFIX_BYTES);
    }

    public static byte[] job(VolumeId volume, long job) {
        return start(Table.JOB, volume, Long.BYTES).putLong(job).array();
    }

    /** The job in a key that {@link #job} made. */
    public static long jobOf(byte[] jobKey) {
        return ByteBuffer.wrap(jobKey).getLong(PREFIX_BYTES);
    }

    /** {@code inode} may be 0 for a start below, and {@link Long#MAX_VALUE} for an end above, all of {@code job}. */
    public static byte[] jobFailure(VolumeId volume, long job, long inode) {
        return start(Table.JOB_FAILURE, volume, 2 * Long.BYTES)
                .putLong(job)
                .putLong(inode)
                .array();
    }

    /** The inode in a key that {@link #jobFailure} made. */
    public static long failedInodeOf(byte[] failureKey) {
        return ByteBuffer.wrap(failureKey).getLong(PREFIX_BYTES + Long.BYTES);
    }

    public static byte[] relocation(VolumeId volume, long inode) {
        return start(Table.RELOCATION, volume, Long.BYTES).putLong(inode).array();
    }

    /** The inode in a key that {@link #relocation} or {@link #inode} made. */
    public static long inodeOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(PREFIX_BYTES);
    }

    /** The quota of a directory. */
    public static byte[] quota(VolumeId volume, long directory) {
        return start(Table.QUOTA, volume, Long.BYTES).putLong(directory).array();
    }

    public static byte[] counters(VolumeId volume) {
        return first(Table.COUNTERS, volume);
    }

    /** What a client has settled; its answers follow. */
    public static byte[] settled(VolumeId volume, long client) {
        return start(Table.ANSWER, volume, Long.BYTES).putLong(client).array();
    }

    public static byte[] answer(VolumeId volume, long client, long sequence) {
        return start(Table.ANSWER, volume, 2 * Long.BYTES)
                .putLong(client)
                .putLong(sequence)
                .array();
    }

    /** Whether a key of {@link Table#ANSWER} is one that {@link #settled} made. */
    public static boolean isSettled(byte[] key) {
        return key.length == PREFIX_BYTES + Long.BYTES;
    }

    /** The request's number in a key that {@link #answer} made. */
    public static long sequenceOf(byte[] answerKey) {
        return ByteBuffer.wrap(answerKey).getLong(PREFIX_BYTES + Long.BYTES);
    }

    private static ByteBuffer start(Table table, VolumeId volume, int moreBytes) {
        return ByteBuffer.allocate(PREFIX_BYTES + moreBytes).put(table.letter()).putInt(volume.value());
    }
}
