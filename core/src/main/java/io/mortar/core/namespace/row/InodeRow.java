package io.mortar.core.namespace.row;

/** A file or a directory, without its name. */
public sealed interface InodeRow permits FileInode, DirectoryInode {
    int VERSION = 1;

    /** The directory that it is in. */
    long parent();

    /** The same one in another directory. */
    InodeRow movedTo(long newParent);

    byte[] encode();

    static InodeRow decode(byte[] value) {
        return RowReader.read(Table.INODE, VERSION, value, in -> {
            int kind = in.u8();
            return switch (kind) {
                case FileInode.INLINE, FileInode.STRIPED -> FileInode.read(in, kind);
                case DirectoryInode.KIND -> DirectoryInode.read(in);
                default -> throw new RowFormatException("inode has unknown kind " + kind);
            };
        });
    }
}
