package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bricks that are being prepared for a volume that exists; stored, so that components are only ever added at the end.
 *
 * @param replaced the brick that the only new one is to replace; null when none is replaced
 */
public record Addition(List<OwnedBrick> bricks, @Nullable BrickId replaced) {
    public Addition {
        bricks = List.copyOf(bricks);
    }

    /** Whether these are its bricks; their order means nothing. */
    boolean isOf(Collection<BrickId> ids) {
        return bricks.stream().map(OwnedBrick::id).collect(Collectors.toSet()).equals(new HashSet<>(ids));
    }

    boolean isAt(Collection<BrickLocation> locations) {
        Set<BrickLocation> own = bricks.stream().map(OwnedBrick::location).collect(Collectors.toSet());
        return own.equals(new HashSet<>(locations));
    }
}
