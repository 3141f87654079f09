package io.mortar.journal.raft;

import java.util.ArrayList;
import java.util.List;

/** The end of the log in memory: consecutive entries, and their bytes. */
final class Tail {
    private final List<Entry> entries = new ArrayList<>();
    private long first;
    private long bytes;

    Tail(long first) {
        this.first = first;
    }

    /** Index of the first entry, or of the next one to be added. */
    long first() {
        return first;
    }

    /** Index of the next entry to be added. */
    long next() {
        return first + entries.size();
    }

    boolean holds(long index) {
        return index >= first && index < next();
    }

    Entry get(long index) {
        return entries.get(Math.toIntExact(index - first));
    }

    long bytesAbove(long index) {
        long sum = 0;
        for (long i = Math.max(first, index + 1); i < next(); i++) {
            sum += get(i).sizeBytes();
        }
        return sum;
    }

    List<Entry> entries(long from, long toExclusive, int bytesMax) {
        List<Entry> result = new ArrayList<>();
        long sum = 0;
        for (long i = from; i < toExclusive; i++) {
            Entry entry = get(i);
            sum += entry.sizeBytes();
            if (sum > bytesMax && !result.isEmpty()) {
                break;
            }
            result.add(entry);
        }
        return result;
    }

    void add(Entry entry) {
        entries.add(entry);
        bytes += entry.sizeBytes();
    }

    void truncateFrom(long index) {
        if (index <= first) {
            reset(index);
            return;
        }
        List<Entry> removed = entries.subList(Math.toIntExact(index - first), entries.size());
        removed.forEach(entry -> bytes -= entry.sizeBytes());
        removed.clear();
    }

    void reset(long newFirst) {
        entries.clear();
        bytes = 0;
        first = newFirst;
    }

    /** Drops entries up to {@code index}. */
    void trimTo(long index) {
        int count = Math.toIntExact(Math.max(0, Math.min(index + 1, next()) - first));
        List<Entry> removed = entries.subList(0, count);
        removed.forEach(entry -> bytes -= entry.sizeBytes());
        removed.clear();
        first += count;
    }

    /**
     * If there are more than {@code bytesMax}, drops the oldest, at most up to {@code index}, until half of that is left: by half, so
     * that the cost of moving the rest is paid rarely.
     */
    void trim(long index, int bytesMax) {
        if (bytes <= bytesMax) {
            return;
        }
        long left = bytes;
        long last = first - 1;
        while (last < index && last + 1 < next() && left > bytesMax / 2) {
            last++;
            left -= get(last).sizeBytes();
        }
        trimTo(last);
    }
}
