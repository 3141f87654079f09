package io.mortar.node.coordinator;

import io.mortar.core.layout.FileVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When the open writes of a volume run out unless they are renewed. Only in memory: renewing costs no disk write, and after a
 * restart every open write gets a full term. As many entries as there are open writes, which {@code core.namespace.Leases} bounds.
 */
final class LeaseTable {
    private final long leaseMillis;
    private final Map<FileVersion, Long> deadlines = new HashMap<>();

    LeaseTable(long leaseMillis) {
        this.leaseMillis = leaseMillis;
    }

    /** A full term from {@code nowMillis}, of a clock that never goes back. */
    void extend(FileVersion version, long nowMillis) {
        deadlines.put(version, nowMillis + leaseMillis);
    }

    void remove(FileVersion version) {
        deadlines.remove(version);
    }

    /** At most {@code limit} writes that ran out. */
    List<FileVersion> overdue(long nowMillis, int limit) {
        List<FileVersion> overdue = new ArrayList<>();
        for (Map.Entry<FileVersion, Long> entry : deadlines.entrySet()) {
            if (entry.getValue() <= nowMillis) {
                overdue.add(entry.getKey());
                if (overdue.size() == limit) {
                    break;
                }
            }
        }
        return overdue;
    }
}
