package io.mortar.journal.rows;

import akka.persistence.PersistentRepr;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of persistent actors as rows. Each event names the number of the one before it, and the highest number is a row of its own:
 * so a replay notices an event that is missing anywhere, at the end too. Numbers may have gaps, left by rejected events.
 */
public final class EventLog {
    /** Events deleted in one write. */
    static final int DELETE_STEP = 1000;

    /** Bytes of the rows that one write deletes, keys only; what the last one has comes on top. */
    static final int DELETE_STEP_BYTES = 128 << 10;

    private EventLog() {}

    /** Events with consecutive numbers from {@code lowest}, to be written together. */
    public record Append(String persistenceId, long lowest, List<EventRow> events) {
        /** The number of the last event. */
        public long highest() {
            return lowest + events.size() - 1;
        }
    }

    /** What to replay: numbers from and to, both included, and how many at most. */
    public record Range(long from, long to, long max) {}

    /** Throws {@link IllegalStateException} when an event with that number or a higher one was written before, by another writer. */
    public static void append(Append append, RowChanges rows) {
        String id = append.persistenceId();
        Highest before = Highest.of(id, rows);
        before.requireBelow(id, append.lowest());
        if (before.keepsImages()) {
            throw new IllegalStateException(
                    "event " + append.lowest() + " of persistence id " + id
                            + " is not written: what its earlier events left is kept as images, so this one must have an image, too");
        }
        long previous = before.number();
        long number = append.lowest();
        for (EventRow event : append.events()) {
            byte[] key = JournalKeys.event(id, number);
            rows.put(key, event.toValue(key, previous));
            previous = number++;
        }
        new Highest(previous, false).putInto(id, rows);
    }

    /** Deletes some events up to {@code last}, which must be durable already; returns whether there are no more. */
    public static boolean deleteSome(String persistenceId, long last, RowChanges rows) {
        byte[] deletedKey = JournalKeys.deleted(persistenceId);
        long deleted = deleted(persistenceId, rows.get(deletedKey));
        if (last <= deleted) {
            return true;
        }
        int count = 0;
        boolean isFull = false;
        try (KvCursor cursor = rows.written()
                .scan(
                        JournalKeys.event(persistenceId, deleted + 1),
                        JournalKeys.event(persistenceId, JournalKeys.after(last)))) {
            while (!isFull && cursor.next()) {
                rows.delete(cursor.key());
                deleted = JournalKeys.sequenceNr(cursor.key());
                count++;
                isFull = count == DELETE_STEP || rows.sizeBytes() >= DELETE_STEP_BYTES;
            }
        }
        rows.put(
                deletedKey,
                new RowWriter(Long.BYTES).number(isFull ? deleted : last).seal(deletedKey));
        return !isFull;
    }

    /**
     * Hands over the events of {@code range} in order, for as long as they are wanted. Throws {@link DamagedJournalException} when one
     * is missing or damaged, {@link IllegalStateException} when the actor's events are not kept as events.
     *
     * <p>The highest number is read before the events and the deleted number after them, so what is written or deleted meanwhile is not
     * taken for missing.
     */
    public static void replay(
            KvView rows, String persistenceId, Range range, Payloads payloads, Predicate<Stored> isMoreWanted) {
        Highest highest = Highest.of(persistenceId, rows);
        if (highest.keepsImages() && range.from() <= highest.number() && range.max() > 0) {
            throw new IllegalStateException("events of persistence id " + persistenceId + " up to " + highest.number()
                    + " are kept as images: recover from the snapshot that the journal's own snapshot store gives");
        }
        long last = range.from() - 1;
        long left = range.max();
        try (KvCursor cursor = rows.scan(
                JournalKeys.event(persistenceId, range.from()),
                JournalKeys.event(persistenceId, JournalKeys.after(range.to())))) {
            long deleted = deleted(persistenceId, rows.get(JournalKeys.deleted(persistenceId)));
            last = Math.max(deleted, last);
            while (left > 0 && cursor.next()) {
                Stored stored = EventRow.read(persistenceId, cursor.key(), cursor.value(), payloads);
                requireNoneBetween(persistenceId, last, stored.previous());
                left = isMoreWanted.test(stored) ? left - 1 : 0;
                last = stored.event().sequenceNr();
            }
        }
        if (left > 0 && range.to() >= highest.number()) {
            requireNoneBetween(persistenceId, last, highest.number());
        }
    }

    /**
     * An event that was read.
     *
     * @param previous number of the one before it
     * @param sizeBytes of its row
     */
    public record Stored(long previous, PersistentRepr event, int sizeBytes) {}

    private static void requireNoneBetween(String persistenceId, long last, long previous) {
        if (previous > last) {
            throw new DamagedJournalException("events of persistence id " + persistenceId + " after " + last + " up to "
                    + previous + " are missing in the journal: restore it from a copy");
        }
    }

    private static long deleted(String persistenceId, byte @Nullable [] value) {
        return value == null
                ? 0
                : new RowReader(
                                JournalKeys.deleted(persistenceId),
                                value,
                                "the number of deleted events of persistence id " + persistenceId)
                        .number();
    }
}
