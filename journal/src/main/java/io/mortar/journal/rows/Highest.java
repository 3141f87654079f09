package io.mortar.journal.rows;

import io.mortar.journal.kv.KvView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the journal keeps of an actor for ever: the highest sequence number that was ever written.
 *
 * @param number 0 when nothing was written
 * @param keepsImages whether the actor's events are kept as what they left in the application's rows, and not as events
 */
public record Highest(long number, boolean keepsImages) {
    private static final Highest NONE = new Highest(0, false);

    public static Highest of(String persistenceId, KvView rows) {
        return of(persistenceId, rows::get);
    }

    /** With changes that are about to be written. */
    public static Highest of(String persistenceId, RowChanges rows) {
        return of(persistenceId, rows::get);
    }

    private interface Get extends Function<byte[], byte @Nullable []> {}

    private static Highest of(String persistenceId, Get get) {
        byte[] key = JournalKeys.highest(persistenceId);
        byte @Nullable [] value = get.apply(key);
        if (value == null) {
            return NONE;
        }
        RowReader row = new RowReader(key, value, "the highest number of persistence id " + persistenceId);
        long number = row.number();
        return new Highest(number, row.hasMore() && row.flag());
    }

    /** Without images the row has no flag: so it was before there were any. */
    public void putInto(String persistenceId, RowChanges rows) {
        byte[] key = JournalKeys.highest(persistenceId);
        RowWriter row = new RowWriter(Long.BYTES + 1).number(number);
        rows.put(key, (keepsImages ? row.flag(true) : row).seal(key));
    }

    /** Throws {@link IllegalStateException} when {@code lowest} or a higher number was written before, by another writer. */
    public void requireBelow(String persistenceId, long lowest) {
        if (lowest <= number) {
            throw new IllegalStateException("event " + lowest + " of persistence id " + persistenceId
                    + " is not written: event " + number + " was written already, by another instance of the actor");
        }
    }
}
