package io.mortar.core.namespace.row;

/** A file or a directory. */
public sealed interface InodeRow permits FileInode, DirectoryInode {
    int VERSION = 1;

    /** The directory that it is in. */
    long parent();

    /** The same one under another name; files do not keep theirs. */
    InodeRow movedTo(long newParent, String newName);

    byte[] encode();

    static InodeRow decode(byte[] value) {
        return RowReader.read(Table.INODE, VERSION, value, in -> {
            int kind = in.u8();
            return switch (kind) {
                case FileInode.INLINE, FileInode.STRIPED -> FileInode.read(in, kind);
                case DirectoryInode.KIND, DirectoryInode.NAMED_KIND -> DirectoryInode.read(in, kind);
                default -> throw new RowFormatException("inode has unknown kind " + kind);
            };
        });
    }
}
