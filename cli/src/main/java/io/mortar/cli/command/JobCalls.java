package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import org.jspecify.annotations.Nullable;

/** What a node is asked about jobs. */
final class JobCalls {
    private final Session session;

    JobCalls(Session session) {
        this.session = session;
    }

    /** @param volume null for all volumes */
    JsonNode list(@Nullable String volume) {
        return volume == null
                ? session.node().get("list the jobs", UrlPath.ofApi("jobs"))
                : session.node().get("list the jobs of the volume '" + volume + "'", jobsOf(volume));
    }

    JsonNode describe(JobName name) {
        return session.node().get("look at the job " + name, name.path());
    }

    /** The job that was started last, of those of the kind. */
    JsonNode newest(String volume, String kind) {
        JsonNode newest = null;
        for (JsonNode job : list(volume).path("jobs")) {
            if (job.path("kind").asText().equals(kind)) {
                newest = job;
            }
        }
        if (newest == null) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "NOT_FOUND",
                    "there was no " + kind + " of the volume '" + volume + "' so far: begin one with 'mortar volume "
                            + kind + " " + volume + " start'");
        }
        return newest;
    }

    /** The name of the job of the kind that was started last, of those that are listed; null if there is none. */
    static @Nullable JobName newestOf(JsonNode list, String kind) {
        JobName newest = null;
        for (JsonNode job : list.path("jobs")) {
            if (job.path("kind").asText().equals(kind)) {
                newest = JobName.of(job);
            }
        }
        return newest;
    }

    JsonNode start(String volume, String kind) {
        return session.node()
                .post(
                        "start the " + kind + " of the volume '" + volume + "'",
                        jobsOf(volume),
                        Session.JSON.createObjectNode().put("kind", kind));
    }

    /** What a job of the kind would take. */
    JsonNode plan(String volume, String kind) {
        return session.node()
                .post(
                        "plan the " + kind + " of the volume '" + volume + "'",
                        jobsOf(volume) + "?plan=true",
                        Session.JSON.createObjectNode().put("kind", kind));
    }

    /** @param action such as {@code pause} */
    JsonNode act(JobName name, String action) {
        return session.node()
                .post(
                        action + " the job " + name,
                        name.path(),
                        Session.JSON.createObjectNode().put("action", action));
    }

    /** @param bytesPerSecond 0 for the configured rate */
    JsonNode limit(JobName name, long bytesPerSecond) {
        ObjectNode body = Session.JSON.createObjectNode().put("action", "limit");
        return session.node().post("limit the job " + name, name.path(), body.put("bytesPerSecond", bytesPerSecond));
    }

    /** All items that a job failed at. */
    ArrayNode failures(JobName name) {
        ArrayNode all = Session.JSON.createArrayNode();
        JsonNode page;
        String after = "0";
        do {
            page = session.node()
                    .get("list the failed items of the job " + name, name.path() + "/failures?after=" + after);
            page.path("failures").forEach(all::add);
            after = page.path("next").asText();
        } while (page.path("next").isNumber());
        return all;
    }

    private static String jobsOf(String volume) {
        return UrlPath.ofApi("volumes", volume, "jobs");
    }
}
