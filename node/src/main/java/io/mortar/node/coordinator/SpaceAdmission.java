package io.mortar.node.coordinator;

import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.space.DiskSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps changes out that the disk of the metadata has no room for, before they are decided: an event that the journal has and the
 * namespace cannot take would stop the node.
 */
final class SpaceAdmission {
    private final DiskSpace space;
    private final boolean acceptsWrites;
    private final boolean acceptsGrowth;

    private SpaceAdmission(DiskSpace space, boolean acceptsWrites, boolean acceptsGrowth) {
        this.space = space;
        this.acceptsWrites = acceptsWrites;
        this.acceptsGrowth = acceptsGrowth;
    }

    /** What {@code space} has room for at this moment. */
    static SpaceAdmission now(DiskSpace space) {
        boolean acceptsWrites = space.acceptsWrites();
        return new SpaceAdmission(space, acceptsWrites, acceptsWrites && space.acceptsGrowth());
    }

    /** If not, {@link #admit} lets nothing through that changes rows. */
    boolean acceptsWrites() {
        return acceptsWrites;
    }

    /**
     * The steps that may be carried out. The senders of the others are answered NO_SPACE, or not at all if they are this node's own
     * actors, which try again.
     */
    List<Work> admit(List<Work> steps) {
        if (acceptsGrowth) {
            return steps;
        }
        List<Work> admitted = new ArrayList<>();
        for (Work step : steps) {
            if (step instanceof Work.Renew || (acceptsWrites && !isGrowth(step))) {
                admitted.add(step);
            } else if (step instanceof Work.Change change) {
                change.replyTo().tell(new Outcome.Refused(noSpace(space)));
            }
        }
        return admitted;
    }

    private static boolean isGrowth(Work step) {
        return step instanceof Work.Change change
                && (change.command() instanceof Command.OpenWrite
                        || change.command() instanceof Command.PutInline
                        || change.command() instanceof Command.MakeDirectory);
    }

    private static Refusal noSpace(DiskSpace space) {
        return new Refusal(
                RefusalCode.NO_SPACE,
                "the disk that holds the pool's metadata is nearly full (" + space.describe()
                        + "): free space on the metadata node, or remove files");
    }
}
