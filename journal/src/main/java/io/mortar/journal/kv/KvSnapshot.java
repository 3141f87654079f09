package io.mortar.journal.kv;

/** One state of a store, unchanged by later writes, until it is closed. */
public interface KvSnapshot extends KvView, AutoCloseable {
    @Override
    void close();
}
