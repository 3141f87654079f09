package io.mortar.journal.kv;

/** An ordered key-value store in a directory of its own, open in one process at a time. Safe for use by several threads. */
public interface KvStore extends KvView, AutoCloseable {
    /**
     * Writes all of {@code batch} or nothing; it is on stable storage on return. A {@link KvFailedException} means that the state of
     * the disk is not known: the caller must stop using the store, and never write again; the store refuses further writes itself. A
     * {@link KvNoSpaceException} means that nothing was written, because the disk is nearly full: the caller may go on.
     */
    void write(KvBatch batch);

    /** The present state. */
    KvSnapshot snapshot();

    @Override
    void close();
}
