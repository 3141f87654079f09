package io.mortar.cli.drill.load;

import io.mortar.cli.drill.load.Operation.Kind;
import java.util.List;
import java.util.Map;

/**
 * What the clients of a load saw.
 *
 * @param lines by kind of operation
 * @param troubles attempts that were not answered as asked, by code; each was repeated
 * @param findings the first hundred broken promises
 * @param lost acknowledged files that were not there
 * @param wrong files with other bytes than acknowledged, or that were there after they were taken away
 * @param unanswered operations that were repeated in vain until the client's patience ended
 */
public record LoadReport(
        Map<Kind, Line> lines,
        Map<String, Integer> troubles,
        List<Finding> findings,
        int lost,
        int wrong,
        int unanswered,
        Volume volume) {
    public LoadReport {
        lines = Map.copyOf(lines);
        troubles = Map.copyOf(troubles);
        findings = List.copyOf(findings);
    }

    /** Whether every answer kept what earlier ones promised, and every file could be compared at the end. */
    public boolean isClean() {
        return lost == 0 && wrong == 0 && volume.unverifiedFiles() == 0;
    }

    /** The longest time from the first attempt of an operation to its answer, in milliseconds. */
    public long longestMillis() {
        return lines.values().stream().mapToLong(Line::longestMillis).max().orElse(0);
    }

    /**
     * Operations of one kind.
     *
     * @param count of those that were answered
     * @param longestMillis from the first attempt to the answer
     * @param longestBeganMillis when that one began, since the load began
     */
    public record Line(int count, long longestMillis, long longestBeganMillis) {
        static final Line NONE = new Line(0, 0, 0);

        Line with(long beganMillis, long tookMillis) {
            return tookMillis > longestMillis
                    ? new Line(count + 1, tookMillis, beganMillis)
                    : new Line(count + 1, longestMillis, longestBeganMillis);
        }
    }

    /**
     * How much was written and read while the load ran, and compared at its end, through every node.
     *
     * @param unverifiedFiles that could not be read at the end, for as long as a client is patient
     */
    public record Volume(long writtenBytes, long readBytes, int verifiedFiles, int unverifiedFiles) {}
}
