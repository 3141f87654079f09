package io.mortar.core.namespace;

/** Walks over rows. For one thread. */
public interface RowCursor extends AutoCloseable {
    /** Steps to the next row; false when there is none. Call it before the first {@link #key}. */
    boolean next();

    byte[] key();

    byte[] value();

    @Override
    void close();
}
