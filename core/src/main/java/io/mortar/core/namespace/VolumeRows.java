package io.mortar.core.namespace;

import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.volume.VolumeId;
import java.util.Arrays;
import java.util.List;

/** Where the rows of a volume are. */
public final class VolumeRows {
    private VolumeRows() {}

    /** One range per table; together they hold every row of {@code volume} and no other. Dropping a volume deletes them. */
    public static List<RowRange> ranges(VolumeId volume) {
        return Arrays.stream(Table.values())
                .map(table -> new RowRange(RowKeys.first(table, volume), RowKeys.end(table, volume)))
                .toList();
    }
}
