package io.mortar.core.namespace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows with changes on top that are not written yet: how the commands of one batch see each other. A cursor shows the
 * state in which it was opened. Not safe for use by several threads.
 */
public final class RowOverlay implements Rows {
    private final Rows base;
    private final NavigableMap<byte[], RowChange> changes = new TreeMap<>(Arrays::compareUnsigned);

    public RowOverlay(Rows base) {
        this.base = base;
    }

    /** Puts {@code more} over what is here. */
    public void apply(List<RowChange> more) {
        more.forEach(this::apply);
    }

    public void apply(RowChange change) {
        changes.put(change.key(), change);
    }

    /** Everything that was applied, one change per key, in key order. */
    public List<RowChange> changes() {
        return List.copyOf(changes.values());
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        RowChange change = changes.get(key);
        return change == null ? base.get(key) : change.value();
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to) {
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return base.scan(from, to);
        }
        NavigableMap<byte[], RowChange> over = changes.subMap(from, true, to, false);
        return over.isEmpty() ? base.scan(from, to) : new Merge(base.scan(from, to), new ArrayList<>(over.values()));
    }

    /** Two ordered sources; where both have a key, the change wins. */
    private static final class Merge implements RowCursor {
        private final RowCursor below;
        private final List<RowChange> over;
        private int overIndex;
        private boolean belowReady;
        private Map.@Nullable Entry<byte[], byte[]> current;

        Merge(RowCursor below, List<RowChange> over) {
            this.below = below;
            this.over = over;
            this.belowReady = below.next();
        }

        @Override
        public boolean next() {
            while (overIndex < over.size()) {
                RowChange change = over.get(overIndex);
                int order = belowReady ? Arrays.compareUnsigned(below.key(), change.key()) : 1;
                if (order < 0) {
                    return takeBelow();
                }
                overIndex++;
                if (order == 0) {
                    belowReady = below.next();
                }
                byte @Nullable [] value = change.value();
                if (value != null) {
                    current = Map.entry(change.key(), value);
                    return true;
                }
            }
            return belowReady && takeBelow();
        }

        private boolean takeBelow() {
            current = Map.entry(below.key(), below.value());
            belowReady = below.next();
            return true;
        }

        private Map.Entry<byte[], byte[]> current() {
            if (current == null) {
                throw new IllegalStateException("next() was not called or found nothing");
            }
            return current;
        }

        @Override
        public byte[] key() {
            return current().getKey();
        }

        @Override
        public byte[] value() {
            return current().getValue();
        }

        @Override
        public void close() {
            below.close();
        }
    }
}
