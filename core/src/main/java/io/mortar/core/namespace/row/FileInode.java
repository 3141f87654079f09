package io.mortar.core.namespace.row;

import org.jspecify.annotations.Nullable;

/**
 * A file.
 *
 * @param crc32c checksum of the whole content
 * @param placement null when the content is {@code inline}
 * @param inline the whole content of a small file, empty otherwise
 */
public record FileInode(
        long parent,
        long generation,
        long sizeBytes,
        long modifiedMillis,
        int crc32c,
        @Nullable Placement placement,
        byte[] inline)
        implements InodeRow {
    static final int INLINE = 1;
    static final int STRIPED = 3;
    private static final int COMMON_BYTES = 1 + 4 * Long.BYTES + Integer.BYTES;

    static FileInode read(RowReader in, int kind) {
        long parent = in.u64();
        long generation = in.u64();
        long sizeBytes = in.u64();
        long modifiedMillis = in.u64();
        int crc32c = in.u32();
        return kind == STRIPED
                ? new FileInode(parent, generation, sizeBytes, modifiedMillis, crc32c, Placement.read(in), new byte[0])
                : new FileInode(parent, generation, sizeBytes, modifiedMillis, crc32c, null, in.rest());
    }

    @Override
    public FileInode movedTo(long newParent, String newName) {
        return new FileInode(newParent, generation, sizeBytes, modifiedMillis, crc32c, placement, inline);
    }

    /** The same one with its chunks on another layout. */
    public FileInode on(long layout) {
        if (placement == null) {
            throw new AssertionError("a file without chunks has no layout");
        }
        Placement moved = new Placement(layout, placement.seed(), placement.stripeUnitBytes());
        return new FileInode(parent, generation, sizeBytes, modifiedMillis, crc32c, moved, inline);
    }

    @Override
    public byte[] encode() {
        int contentBytes = placement == null ? inline.length : Placement.SIZE_BYTES;
        RowWriter out = RowWriter.of(Table.INODE, VERSION, COMMON_BYTES + contentBytes)
                .u8(placement == null ? INLINE : STRIPED)
                .u64(parent)
                .u64(generation)
                .u64(sizeBytes)
                .u64(modifiedMillis)
                .u32(crc32c);
        return (placement == null ? out.bytes(inline) : placement.write(out)).done();
    }
}
