package io.mortar.cli.drill;

import io.mortar.cli.drill.load.LoadReport;
import io.mortar.cli.failure.ExitCode;
import java.util.List;

/**
 * What a drill did and what became of it.
 *
 * @param skipped faults that could not be done, each with the reason
 * @param lengthMillis while load and faults ran
 */
public record DrillReport(
        long seed, List<Injection> injections, List<String> skipped, long lengthMillis, LoadReport load) {
    /** What is promised of volumes with copies. */
    public static final long STALL_MILLIS_MAX = 10_000;

    public DrillReport {
        injections = List.copyOf(injections);
        skipped = List.copyOf(skipped);
    }

    /** Whether the promises of a volume with copies were kept. */
    public Verdict verdict() {
        if (!load.isClean()) {
            return Verdict.ERROR;
        }
        boolean late = load.longestMillis() > STALL_MILLIS_MAX || load.unanswered() > 0;
        boolean whole = injections.stream().allMatch(injection -> injection.wholeAfterMillis() >= 0);
        return late || !whole ? Verdict.WARN : Verdict.OK;
    }

    /** In one word. */
    public enum Verdict {
        /** Nothing was lost or wrong, and nobody waited for more than ten seconds. */
        OK,
        /** Nothing was lost or wrong, but somebody waited longer, or the pool did not become whole again. */
        WARN,
        /** Acknowledged bytes are lost or wrong, or could not be compared. */
        ERROR;

        /** How a command ends with it. */
        public ExitCode exit() {
            return switch (this) {
                case OK -> ExitCode.OK;
                case WARN -> ExitCode.DEGRADED;
                case ERROR -> ExitCode.FAILED;
            };
        }
    }

    /**
     * One fault.
     *
     * @param atMillis since the load began
     * @param what completes "bt3: ..."
     * @param noticedAfterMillis from the beginning of the fault until the pool's status told of it; negative if that was not seen
     * @param wholeAfterMillis from the beginning of the fault until everything was as it should be; negative if that was not waited for
     */
    public record Injection(
            long atMillis, String fault, String node, String what, long noticedAfterMillis, long wholeAfterMillis) {}
}
