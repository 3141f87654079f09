package io.mortar.core.namespace.row;

/**
 * A name in a directory, with what a listing shows, so that a page of a listing is one scan.
 *
 * @param generation 0 for a directory
 * @param sizeBytes 0 for a directory
 */
public record DentryRow(boolean directory, long inode, long generation, long sizeBytes, long modifiedMillis) {
    private static final int VERSION = 1;
    private static final int FILE = 1;
    private static final int DIRECTORY = 2;

    public static DentryRow ofDirectory(long inode, long modifiedMillis) {
        return new DentryRow(true, inode, 0, 0, modifiedMillis);
    }

    public static DentryRow ofFile(long inode, FileInode file) {
        return new DentryRow(false, inode, file.generation(), file.sizeBytes(), file.modifiedMillis());
    }

    public static DentryRow decode(byte[] value) {
        return RowReader.read(Table.DENTRY, VERSION, value, in -> {
            int kind = in.u8();
            long inode = in.u64();
            long modifiedMillis = in.u64();
            return switch (kind) {
                case DIRECTORY -> ofDirectory(inode, modifiedMillis);
                case FILE -> new DentryRow(false, inode, in.u64(), in.u64(), modifiedMillis);
                default -> throw new RowFormatException("dentry of inode " + inode + " has unknown kind " + kind);
            };
        });
    }

    public byte[] encode() {
        RowWriter out = RowWriter.of(Table.DENTRY, VERSION, 1 + (directory ? 2 : 4) * Long.BYTES)
                .u8(directory ? DIRECTORY : FILE)
                .u64(inode)
                .u64(modifiedMillis);
        return (directory ? out : out.u64(generation).u64(sizeBytes)).done();
    }
}
