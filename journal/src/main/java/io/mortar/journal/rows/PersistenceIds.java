package io.mortar.journal.rows;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ids of all actors that ever wrote an event, deleted ones included; by length, then by bytes. */
public final class PersistenceIds {
    private PersistenceIds() {}

    /** At most {@code max} of them, the ones that follow {@code after}. */
    public static List<String> page(KvView rows, Optional<String> after, int max) {
        List<String> page = new ArrayList<>();
        byte[] from = after.map(PersistenceIds::keyAfter).orElseGet(JournalKeys::highestFirst);
        try (KvCursor cursor = rows.scan(from, JournalKeys.highestEnd())) {
            while (page.size() < max && cursor.next()) {
                page.add(JournalKeys.persistenceId(cursor.key()));
            }
        }
        return page;
    }

    private static byte[] keyAfter(String persistenceId) {
        byte[] key = JournalKeys.highest(persistenceId);
        return Arrays.copyOf(key, key.length + 1);
    }
}
