package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.StoredLog;
import java.util.ArrayList;
import java.util.List;

/** The log of a core as it must be by what the core has handed out. */
final class ShadowLog {
    private final List<Entry> entries = new ArrayList<>();
    private long startIndex;
    private long startTerm;

    ShadowLog(StoredLog stored) {
        startIndex = stored.start().index();
        startTerm = stored.start().term();
        if (stored.lastIndex() > startIndex) {
            entries.addAll(stored.entries(startIndex + 1, stored.lastIndex() + 1, Integer.MAX_VALUE));
        }
    }

    long startIndex() {
        return startIndex;
    }

    long lastIndex() {
        return startIndex + entries.size();
    }

    long term(long index) {
        return index == startIndex ? startTerm : entry(index).term();
    }

    Entry entry(long index) {
        return entries.get(Math.toIntExact(index - startIndex - 1));
    }

    void put(Entry entry) {
        int place = Math.toIntExact(entry.index() - startIndex - 1);
        if (place < 0 || place > entries.size()) {
            throw new SimulationFailure(
                    "entry " + entry + " does not fit a log of " + startIndex + " to " + lastIndex());
        }
        entries.subList(place, entries.size()).clear();
        entries.add(entry);
    }

    void reset(SnapshotPoint point) {
        entries.clear();
        startIndex = point.index();
        startTerm = point.term();
    }
}
