package io.mortar.node.brick.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}, for one thread. */
public interface DiskFile extends AutoCloseable {
    /** Appends all that remains in {@code bytes}. */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes content and length durable. */
    void sync() throws IOException;

    long size() throws IOException;

    /** Reads from {@code position} until {@code bytes} is full; false if the file ends before. */
    boolean read(ByteBuffer bytes, long position) throws IOException;

    @Override
    void close() throws IOException;
}
