package io.mortar.node.coordinator;

import io.mortar.core.layout.FileVersion;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Contents that are being read and must not be deleted yet. Bounded: when it is full of live pins, further ones are not taken. */
final class PinTable {
    private final long pinMillis;
    private final int countMax;
    private final Map<FileVersion, Long> deadlines = new LinkedHashMap<>();

    PinTable(long pinMillis, int countMax) {
        this.pinMillis = pinMillis;
        this.countMax = countMax;
    }

    /** Keeps {@code version} for one term from {@code nowMillis}; false when there is no room. */
    boolean pin(FileVersion version, long nowMillis) {
        deadlines.remove(version);
        // Every pin lasts equally long and is put last, so the first ones run out first.
        Iterator<Long> oldest = deadlines.values().iterator();
        while (oldest.hasNext() && oldest.next() <= nowMillis) {
            oldest.remove();
        }
        if (deadlines.size() >= countMax) {
            return false;
        }
        deadlines.put(version, nowMillis + pinMillis);
        return true;
    }

    boolean isPinned(FileVersion version, long nowMillis) {
        Long deadline = deadlines.get(version);
        return deadline != null && deadline > nowMillis;
    }
}
