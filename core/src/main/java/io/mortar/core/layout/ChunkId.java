package io.mortar.core.layout;

/**
 * Name of one chunk, on whatever brick it lies.
 *
 * @param index position in the file: byte offset divided by the stripe unit
 * @param version 0 until single chunks can be rewritten
 */
public record ChunkId(FileVersion file, int index, int version) {
    public ChunkId {
        if (index < 0 || version < 0) {
            throw new IllegalArgumentException("chunk index " + index + " or version " + version + " is negative");
        }
    }

    /** {@code volume-inode-generation-index-version}, numbers in hexadecimal except the volume's: the chunk's file name on a brick. */
    @Override
    public String toString() {
        return file + "-" + Integer.toHexString(index) + "-" + Integer.toHexString(version);
    }
}
