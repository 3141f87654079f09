package io.mortar.journal.log;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.file.Path;

/**
 * Reads a whole log once, a row at a time, before it is used. A power loss on a disk that reorders can leave a hole, also one that an older
 * entry fills which had been replaced: so each entry must follow the one before it in index and in term, which by the log matching
 * property (Ongaro, Consensus, §3.5) no other entry does.
 */
final class LogCheck {
    private final Path directory;
    private final GroupIdentity identity;
    private final KvStore store;

    LogCheck(Path directory, GroupIdentity identity, KvStore store) {
        this.directory = directory;
        this.identity = identity;
        this.store = store;
    }

    /** @param firstStored index of the first row, which may lie before the start */
    record Found(HardState hardState, LogIndex index, long firstStored) {}

    Found run() {
        int group = identity.group();
        identity.require(store.get(LogRows.identityKey(group)), directory);
        HardState hardState = LogRows.hardState(required(LogRows.hardStateKey(group), "its term and vote"), directory);
        SnapshotPoint start = start(required(LogRows.startKey(group), "where its log begins"));
        LogIndex index = new LogIndex(start);
        long firstStored = scan(index);
        long lastTerm = index.term(index.lastIndex());
        if (hardState.term() < lastTerm) {
            throw damaged("its term is " + hardState.term() + ", but its last entry is of term " + lastTerm);
        }
        return new Found(hardState, index, firstStored);
    }

    private byte[] required(byte[] key, String what) {
        byte[] value = store.get(key);
        if (value == null) {
            throw damaged(what);
        }
        return value;
    }

    private SnapshotPoint start(byte[] value) {
        try {
            return StoredPoint.read(value);
        } catch (IllegalArgumentException e) {
            throw damaged("where its log begins: " + e.getMessage());
        }
    }

    private long scan(LogIndex index) {
        int group = identity.group();
        long start = index.start().index();
        long firstStored = start + 1;
        try (KvCursor rows = store.scan(LogRows.entryKey(group, 0), LogRows.entriesEnd(group))) {
            while (rows.next()) {
                long at = LogRows.index(rows.key());
                if (at <= start) {
                    firstStored = Math.min(firstStored, at);
                } else {
                    add(at, rows.value(), index);
                }
            }
        }
        return firstStored;
    }

    private void add(long at, byte[] value, LogIndex index) {
        if (at != index.lastIndex() + 1) {
            throw damaged("entry " + (index.lastIndex() + 1) + " is missing before entry " + at);
        }
        LogRows.Stored stored = LogRows.entry(at, value, directory);
        long previousTerm = index.term(at - 1);
        if (stored.previousTerm() != previousTerm || stored.entry().term() < previousTerm) {
            throw damaged("entry " + at + " of term " + stored.entry().term() + " follows one of term "
                    + stored.previousTerm() + ", but entry " + (at - 1) + " is of term " + previousTerm);
        }
        try {
            index.add(stored.entry());
        } catch (IllegalArgumentException e) {
            throw damaged("entry " + at + ": " + e.getMessage());
        }
    }

    private StoreRefusedException damaged(String found) {
        return StoreRefusedException.damaged(directory, found);
    }
}
