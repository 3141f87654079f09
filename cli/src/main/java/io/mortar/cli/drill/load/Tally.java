package io.mortar.cli.drill.load;

import io.mortar.cli.drill.load.Operation.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the clients of a load see. Safe for use by several threads. */
final class Tally {
    private static final int FINDINGS_MAX = 100;

    private final Map<Kind, LoadReport.Line> lines = new EnumMap<>(Kind.class);
    private final Map<String, Integer> troubles = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int lost;
    private int wrong;
    private int unanswered;
    private long writtenBytes;
    private long readBytes;

    /** An operation was answered. Times in milliseconds, the first one since the load began. */
    synchronized void answered(Kind kind, long beganMillis, long tookMillis) {
        LoadReport.Line line = lines.getOrDefault(kind, LoadReport.Line.NONE);
        lines.put(kind, line.with(beganMillis, tookMillis));
    }

    synchronized void moved(long written, long read) {
        writtenBytes += written;
        readBytes += read;
    }

    /** One attempt failed. */
    synchronized void trouble(String code) {
        troubles.merge(code, 1, Integer::sum);
    }

    synchronized void found(Finding finding) {
        if (finding.kind() == Finding.Kind.LOST) {
            lost++;
        } else {
            wrong++;
        }
        if (findings.size() < FINDINGS_MAX) {
            findings.add(finding);
        }
    }

    /** An operation was given up. */
    synchronized void unanswered() {
        unanswered++;
    }

    synchronized int answeredCount() {
        return lines.values().stream().mapToInt(LoadReport.Line::count).sum();
    }

    synchronized LoadReport report(int verifiedFiles, int unverifiedFiles) {
        return new LoadReport(
                lines,
                troubles,
                findings,
                lost,
                wrong,
                unanswered,
                new LoadReport.Volume(writtenBytes, readBytes, verifiedFiles, unverifiedFiles));
    }
}
