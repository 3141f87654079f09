package io.mortar.core.namespace;

import io.mortar.core.volume.VolumeId;
import java.util.List;

/** Where the rows of a volume are. */
public final class VolumeRows {
    private VolumeRows() {}

    /** One range per table; together they hold every row of {@code volume} and no other. Dropping a volume deletes them. */
    public static List<RowRange> ranges(VolumeId volume) {
        return List.of();
    }
}
