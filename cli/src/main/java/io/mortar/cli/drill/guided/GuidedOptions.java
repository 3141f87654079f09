package io.mortar.cli.drill.guided;

import io.mortar.cli.drill.fault.FaultKind;
import java.util.List;

/**
 * What {@code mortar drill VOL --guided} was told.
 *
 * @param volume that is used
 * @param seed of the load and of the nodes that are hurt
 * @param faults in the order in which they are done
 * @param force whether a drill begins although a fault may cost data or stop the pool
 */
public record GuidedOptions(String volume, long seed, List<FaultKind> faults, boolean force, boolean json) {
    public GuidedOptions {
        faults = List.copyOf(faults);
    }
}
