package io.mortar.benchmarks.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /api/v1/volumes/V/jobs} tells about a job.
 *
 * @param state such as RUNNING
 * @param bytesDone copied so far
 * @param bytesTotal to be copied in all; -1 while that is not known
 */
public record JobProgress(long id, String state, long bytesDone, long bytesTotal) {
    private static final Pattern JOB = Pattern.compile("\\{[^{}]*\"id\"\\s*:\\s*(\\d+)[^{}]*");
    private static final Pattern KIND = Pattern.compile("\"kind\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern DONE = Pattern.compile("\"bytesDone\"\\s*:\\s*(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("\"bytesTotal\"\\s*:\\s*(\\d+)");

    /** The job of {@code kind} that was begun last; null if there is none. */
    static @Nullable JobProgress lastOf(String kind, String jobs) {
        JobProgress last = null;
        Matcher job = JOB.matcher(jobs);
        while (job.find()) {
            String text = job.group();
            if (kind.equals(value(KIND, text, ""))) {
                last = new JobProgress(
                        Long.parseLong(job.group(1)),
                        value(STATE, text, ""),
                        Long.parseLong(value(DONE, text, "0")),
                        Long.parseLong(value(TOTAL, text, "-1")));
            }
        }
        return last;
    }

    private static String value(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    public boolean isRunning() {
        return "RUNNING".equals(state);
    }

    /** Whether nothing is left to copy. */
    public boolean isCopied() {
        return bytesTotal >= 0 && bytesDone >= bytesTotal;
    }
}
