package io.mortar.journal.group;

import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.space.DiskSpace;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the disk lets in, as of the last look. Looking may write the reserve file, so it is done elsewhere; the floors leave room for what
 * comes in between two looks.
 */
final class SpaceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceWatch.class);

    private final DiskSpace space;
    private final Executor executor;
    private final Consumer<RaftCommand> actor;
    private boolean growth = true;
    private boolean writes = true;
    private boolean looking;

    SpaceWatch(DiskSpace space, Executor executor, Consumer<RaftCommand> actor) {
        this.space = space;
        this.executor = executor;
        this.actor = actor;
    }

    /** {@link RaftCommand.SpaceSeen} follows, unless an earlier look is not over. */
    void look() {
        if (!looking) {
            looking = true;
            executor.execute(this::ask);
        }
    }

    private void ask() {
        try {
            boolean anyWrites = space.acceptsWrites();
            actor.accept(new RaftCommand.SpaceSeen(anyWrites && space.acceptsGrowth(), anyWrites));
        } catch (UncheckedIOException e) {
            actor.accept(new RaftCommand.Broken(e));
        }
    }

    void seen(RaftCommand.SpaceSeen now) {
        looking = false;
        if (now.growth() != growth || now.writes() != writes) {
            LOG.warn(
                    "room for metadata has changed acceptsGrowth={} acceptsWrites={} room=\"{}\"",
                    now.growth(),
                    now.writes(),
                    space.describe());
        }
        growth = now.growth();
        writes = now.writes();
    }

    /** Whether stores accept writes at all. */
    boolean acceptsWrites() {
        return writes;
    }

    /** Why a batch of rows is not let in; empty if it is. */
    Optional<KvNoSpaceException> refusal(boolean shrinking) {
        if (writes && (growth || shrinking)) {
            return Optional.empty();
        }
        return Optional.of(new KvNoSpaceException("the disk of the leader's metadata is nearly full: "
                + space.describe() + "; delete something or free some space on it"));
    }
}
