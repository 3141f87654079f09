package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import java.util.List;

/**
 * Ordered bricks that many files are striped over.
 *
 * @param id number in its volume, from 1
 * @param epoch grows when a brick in it is replaced
 * @param columns the brick of each stripe column, at least one
 */
public record Layout(long id, int epoch, List<BrickId> columns) {
    public Layout {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("layout " + id + " has no columns");
        }
    }
}
