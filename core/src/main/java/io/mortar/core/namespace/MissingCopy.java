package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.pool.BrickId;
import java.util.List;

/**
 * What a brick lacks of a file.
 *
 * @param chunks indexes, ascending; none stands for all that the brick should have
 */
public record MissingCopy(BrickId brick, FileVersion version, List<Integer> chunks) {
    public MissingCopy {
        chunks = List.copyOf(chunks);
    }

    MissingRow row() {
        return new MissingRow(version.generation(), chunks);
    }
}
