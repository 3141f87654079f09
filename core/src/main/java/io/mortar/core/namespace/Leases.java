package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Open writes. A lease row has no time in it: the coordinator keeps the deadlines in memory and, when it starts, grants every open
 * lease one full term more.
 */
public final class Leases {
    /** Open writes that a volume may have at once; more are refused with OVERLOADED. */
    public static final int OPEN_COUNT_MAX = 10_000;

    private Leases() {}

    /** All open leases of {@code volume}, at most {@link #OPEN_COUNT_MAX}. */
    public static List<FileVersion> open(Rows rows, VolumeId volume) {
        List<FileVersion> open = new ArrayList<>();
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.LEASE, volume), RowKeys.end(Table.LEASE, volume))) {
            while (cursor.next()) {
                open.add(RowKeys.leaseOf(cursor.key()));
            }
        }
        return open;
    }

    /** Whether {@code version} can still be renewed and committed. */
    public static boolean isOpen(Rows rows, FileVersion version) {
        return rows.get(RowKeys.lease(version)) != null;
    }

    /** Ends a lease that ran out and has its chunks deleted; changes nothing if it is gone already. Outcome: WriteAborted. */
    public static Decision expire(VolumeContext context, Rows rows, FileVersion version) {
        return Writes.abort(new Draft(context, rows), version);
    }
}
