package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Jobs, as the admin API describes them, as text for people. */
public final class JobText {
    private static final int BAR_WIDTH = 20;

    private JobText() {}

    public static Table list(JsonNode jobs) {
        Table table = new Table(
                "JOB", "KIND", "STATE", ">FILES", ">BYTES", ">RATE", ">LEFT", ">FAILED", "BRICK", "LAST ERROR");
        for (JsonNode job : jobs) {
            table.row(
                    name(job),
                    job.path("kind").asText(),
                    state(job),
                    ofTotal(
                            job.path("filesDone").asText(),
                            job.path("filesTotal").asText("")),
                    ofTotal(size(job.path("bytesDone")), size(job.path("bytesTotal"))),
                    rate(job),
                    job.path("etaSeconds").isNumber()
                            ? duration(job.path("etaSeconds").asLong())
                            : "",
                    job.path("failedItems").asText(),
                    job.path("brick").asText(""),
                    job.path("lastError").asText());
        }
        return table;
    }

    /** A job, and the items that failed. */
    public static List<String> show(JsonNode job, JsonNode failures) {
        List<String> lines = new ArrayList<>();
        lines.add("Job:      " + name(job) + " (" + job.path("kind").asText()
                + (job.path("brick").isTextual() ? " of " + job.path("brick").asText() : "") + ")");
        lines.add("State:    " + state(job));
        if (job.path("started").isTextual()) {
            lines.add("Started:  " + job.path("started").asText());
        }
        if (job.path("ended").isTextual()) {
            lines.add("Ended:    " + job.path("ended").asText());
        }
        lines.add("Files:    "
                + ofTotal(job.path("filesDone").asText(), job.path("filesTotal").asText("")));
        lines.add("Bytes:    " + ofTotal(size(job.path("bytesDone")), size(job.path("bytesTotal"))));
        if (!rate(job).isEmpty()) {
            lines.add("Rate:     " + rate(job)
                    + (job.path("etaSeconds").isNumber()
                            ? ", " + duration(job.path("etaSeconds").asLong()) + " left"
                            : ""));
        }
        lines.add("Limit:    " + limit(job));
        JsonNode findings = job.path("findings");
        if (findings.isObject()) {
            lines.add("Found:    " + findings.path("corruptChunks").asText() + " corrupt and "
                    + findings.path("missingChunks").asText() + " missing chunks, "
                    + findings.path("repairedChunks").asText() + " of them repaired; "
                    + findings.path("orphanedContents").asText() + " orphaned contents");
        }
        if (!job.path("lastError").asText().isEmpty()) {
            lines.add("Error:    " + job.path("lastError").asText());
        }
        lines.add("Failed:   " + job.path("failedItems").asText() + " item(s)");
        lines.addAll(failures(failures));
        return lines;
    }

    private static List<String> failures(JsonNode failures) {
        if (failures.isEmpty()) {
            return List.of();
        }
        Table table = new Table("PATH", "FAILED", "REASON");
        for (JsonNode failure : failures) {
            table.row(
                    failure.path("path").isTextual()
                            ? failure.path("path").asText()
                            : "(removed, inode " + failure.path("inode").asText() + ")",
                    failure.path("failed").asText(),
                    failure.path("reason").asText());
        }
        return table.lines();
    }

    /** What became of a job that was told to do something. */
    public static String changed(JsonNode job) {
        return "Job " + name(job) + " (" + job.path("kind").asText() + ") is " + state(job) + ".";
    }

    /** The limit that a job has now. */
    public static String limited(JsonNode job) {
        return "Job " + name(job) + " (" + job.path("kind").asText() + ") has this limit: " + limit(job) + ".";
    }

    /** How a job ended. */
    public static String ending(JsonNode job) {
        String done = job.path("filesDone").asText() + " files, " + size(job.path("bytesDone"));
        long failed = job.path("failedItems").asLong();
        return "Job " + name(job) + " (" + job.path("kind").asText() + ") is " + state(job) + ": " + done
                + (failed == 0 ? "." : "; " + failed + " items failed: see 'mortar job show " + name(job) + "'");
    }

    /** How far a job is, with a bar, in one line. */
    public static String progress(JsonNode job) {
        StringBuilder line = new StringBuilder(name(job))
                .append(' ')
                .append(job.path("kind").asText())
                .append(' ');
        double part = part(job);
        if (part >= 0) {
            int full = (int) (part * BAR_WIDTH);
            line.append(String.format(Locale.ROOT, "%3d%%", (int) (part * 100)))
                    .append(" [")
                    .append("=".repeat(full))
                    .append(full < BAR_WIDTH ? ">" + " ".repeat(BAR_WIDTH - full - 1) : "")
                    .append("] ");
        }
        line.append(ofTotal(size(job.path("bytesDone")), size(job.path("bytesTotal"))));
        if (!rate(job).isEmpty()) {
            line.append(' ').append(rate(job));
        }
        if (job.path("etaSeconds").isNumber()) {
            line.append(" ETA ").append(duration(job.path("etaSeconds").asLong()));
        }
        if (!state(job).equals("running")) {
            line.append(' ').append(state(job));
        }
        long failed = job.path("failedItems").asLong();
        return failed == 0 ? line.toString() : line + " " + failed + " failed";
    }

    /** {@code 25s}, {@code 3m20s}, {@code 1h05m}, {@code 2d03h}. */
    public static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
        }
        return String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds / 3600 % 24);
    }

    /** From 0 to 1; -1 when it is not known. */
    private static double part(JsonNode job) {
        JsonNode total = job.path("bytesTotal");
        if (!total.isNumber()) {
            return -1;
        }
        return total.asLong() == 0
                ? 1
                : Math.min(1.0, (double) job.path("bytesDone").asLong() / total.asLong());
    }

    private static String name(JsonNode job) {
        return job.path("volume").asText() + "/" + job.path("id").asText();
    }

    private static String state(JsonNode job) {
        return job.path("state").asText().toLowerCase(Locale.ROOT);
    }

    private static String rate(JsonNode job) {
        long bytesPerSecond = job.path("bytesPerSecond").asLong();
        return bytesPerSecond == 0 ? "" : ByteSize.human(bytesPerSecond) + "/s";
    }

    private static String limit(JsonNode job) {
        return job.path("limitBytesPerSecond").isNumber()
                ? ByteSize.exact(job.path("limitBytesPerSecond").asLong()) + " per second"
                : "the configured one";
    }

    private static String size(JsonNode bytes) {
        return bytes.isNumber() ? ByteSize.human(bytes.asLong()) : "";
    }

    private static String ofTotal(String done, String total) {
        return total.isEmpty() || total.equals("null") ? done : done + "/" + total;
    }
}
