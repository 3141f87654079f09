package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import java.util.List;

/**
 * Ordered bricks that many files are striped over, column by column: column {@code c} is the bricks from {@code c * replicaCount} on,
 * on distinct machines, each of which has a copy of every chunk of the column.
 *
 * @param id number in its volume, from 1
 * @param epoch grows when a brick in it is replaced
 * @param bricks at least one column of them
 * @param replicaCount bricks per column; 0 is taken for 1, which is what bytes from before there were replicas are read as
 */
public record Layout(long id, int epoch, List<BrickId> bricks, int replicaCount) {
    public Layout {
        bricks = List.copyOf(bricks);
        replicaCount = replicaCount == 0 ? 1 : replicaCount;
        if (replicaCount < 0 || bricks.isEmpty() || bricks.size() % replicaCount != 0) {
            throw new IllegalArgumentException(
                    "layout " + id + " has " + bricks.size() + " bricks in columns of " + replicaCount);
        }
    }

    /** Columns, over which the chunks of a file go round. */
    public int width() {
        return bricks.size() / replicaCount;
    }

    /** The brick with copy {@code replica}, from 0, of the chunks of {@code column}. */
    public BrickId brick(int column, int replica) {
        return bricks.get(column * replicaCount + replica);
    }

    /** All bricks of {@code column}. */
    public List<BrickId> column(int column) {
        return bricks.subList(column * replicaCount, (column + 1) * replicaCount);
    }
}
