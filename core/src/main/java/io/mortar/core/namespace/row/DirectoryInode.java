package io.mortar.core.namespace.row;

/**
 * A directory.
 *
 * @param modifiedMillis when it was made: it is not rewritten for each name in it
 */
public record DirectoryInode(long parent, long modifiedMillis) implements InodeRow {
    static final int KIND = 2;

    static DirectoryInode read(RowReader in) {
        return new DirectoryInode(in.u64(), in.u64());
    }

    @Override
    public DirectoryInode movedTo(long newParent) {
        return new DirectoryInode(newParent, modifiedMillis);
    }

    @Override
    public byte[] encode() {
        return RowWriter.of(Table.INODE, VERSION, 1 + 2 * Long.BYTES)
                .u8(KIND)
                .u64(parent)
                .u64(modifiedMillis)
                .done();
    }
}
