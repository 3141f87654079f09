package io.mortar.node.brick.store;

/** Stored bytes of a chunk are not those that were written. Says where; carries no stack trace, since it is an answer. */
final class CorruptChunkException extends Exception {
    CorruptChunkException(String what) {
        super(what, null, false, false);
    }
}
