package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.terminal.StatusLine;
import io.mortar.cli.view.JobText;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a job, through changes of the metadata's leader, and shows how far it is. */
final class JobWait {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Session session;
    private final JobCalls calls;
    private boolean hinted;

    JobWait(Session session) {
        this.session = session;
        this.calls = new JobCalls(session);
    }

    /**
     * Returns the job when it has ended.
     *
     * @param limit after which the command ends as INCOMPLETE; null to wait as long as it takes
     */
    JsonNode await(JobName name, @Nullable Duration limit) {
        long begun = System.nanoTime();
        Patience patience =
                new Patience(session.options().timeout(), "no node says any more how far the job " + name + " is");
        StatusLine line = new StatusLine(session.terminal(), session.json());
        try {
            while (true) {
                JsonNode job = patience.ask(() -> calls.describe(name));
                if (job != null) {
                    if (hasEnded(job)) {
                        return job;
                    }
                    refuseStanding(name, job);
                    line.show(JobText.progress(job));
                    hint(name, job, line);
                }
                if (limit != null && System.nanoTime() - begun >= limit.toNanos()) {
                    throw CommandFailedException.incomplete("the job " + name + " has not ended within "
                            + JobText.duration(limit.toSeconds()) + "; it goes on: see 'mortar job show " + name + "'");
                }
                pause(name);
            }
        } finally {
            line.end();
        }
    }

    /** Says how the job ended. */
    Integer report(JsonNode ended) {
        if (session.json()) {
            session.printJson(ended);
        } else {
            session.terminal().result(JobText.ending(ended));
        }
        return (ended.path("state").asText().equals("DONE") ? ExitCode.OK : ExitCode.FAILED).value();
    }

    /** The newest job of the kind that has a higher number than {@code after}, as soon as there is one: what the volume needs begins by itself. */
    JobName begun(String volume, String kind, long after) {
        Patience patience = new Patience(
                session.options().timeout(),
                "no node says whether the " + kind + " of the volume '" + volume + "' has begun");
        while (true) {
            JsonNode jobs = patience.ask(() -> calls.list(volume));
            JobName newest = jobs == null ? null : JobCalls.newestOf(jobs, kind);
            if (newest != null && newest.id() > after) {
                return newest;
            }
            Polling.pause(
                    INTERVAL,
                    "interrupted before the " + kind + " of the volume '" + volume
                            + "' had begun; it does by itself: see 'mortar job list " + volume + "'");
        }
    }

    private static boolean hasEnded(JsonNode job) {
        return Set.of("DONE", "FAILED", "CANCELLED").contains(job.path("state").asText());
    }

    private static void refuseStanding(JobName name, JsonNode job) {
        String kind = job.path("kind").asText();
        if (kind.equals("heal") || kind.equals("purge")) {
            throw CommandFailedException.failed("the job " + name + " (" + kind
                    + ") is always there and never ends: see 'mortar job show " + name + "'");
        }
    }

    /** Says once what it takes that the job ends. */
    private void hint(JobName name, JsonNode job, StatusLine line) {
        boolean paused = job.path("state").asText().equals("PAUSED");
        if (!hinted && !session.json() && (paused || job.path("failedItems").asLong() > 0)) {
            hinted = true;
            line.end();
            session.terminal()
                    .note(
                            paused
                                    ? "The job " + name + " is paused: go on with 'mortar job resume " + name + "'"
                                    : "Items of the job " + name + " failed: 'mortar job show " + name
                                            + "' says which and why");
        }
    }

    private static void pause(JobName name) {
        Polling.pause(
                INTERVAL,
                "interrupted while waiting for the job " + name + "; it goes on: see 'mortar job show " + name + "'");
    }
}
