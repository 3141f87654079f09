package io.mortar.core.namespace.row;

import java.nio.charset.StandardCharsets;

/**
 * A directory.
 *
 * @param modifiedMillis when it was made: it is not rewritten for each name in it
 * @param name in its parent, so that a path is found from below; empty for one that was made or moved before names were kept
 */
public record DirectoryInode(long parent, long modifiedMillis, String name) implements InodeRow {
    static final int KIND = 2;

    /** Adds {@code name}. */
    static final int NAMED_KIND = 4;

    static DirectoryInode read(RowReader in, int kind) {
        return new DirectoryInode(
                in.u64(), in.u64(), kind == KIND ? "" : new String(in.rest(), StandardCharsets.UTF_8));
    }

    @Override
    public DirectoryInode movedTo(long newParent, String newName) {
        return new DirectoryInode(newParent, modifiedMillis, newName);
    }

    @Override
    public byte[] encode() {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return RowWriter.of(Table.INODE, VERSION, 1 + 2 * Long.BYTES + utf8.length)
                .u8(name.isEmpty() ? KIND : NAMED_KIND)
                .u64(parent)
                .u64(modifiedMillis)
                .bytes(utf8)
                .done();
    }
}
