package io.mortar.cli.drill;

import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.local.LocalPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mortar drill --local} was told.
 *
 * @param directory where the data stays; null for a temporary one that is removed
 * @param length how long faults are done
 * @param seed of the load and of the order of faults
 * @param every time from one fault to the next, at least
 * @param faults in the order in which they were named, all of which must be possible; none for all that are
 */
public record DrillOptions(
        LocalPlan plan,
        @Nullable Path directory,
        Duration length,
        long seed,
        Duration every,
        List<FaultKind> faults,
        boolean json) {
    static final String VOLUME = "drill";
    /** Room for the files of the load with their copies, for contents that are deleted late, and for the file that fills a brick. */
    static final long ROOM_BYTES = 3L << 30;

    public DrillOptions {
        faults = List.copyOf(faults);
    }
}
