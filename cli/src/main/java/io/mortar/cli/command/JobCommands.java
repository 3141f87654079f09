package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.view.JobText;
import io.mortar.cli.view.ReportText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar job list|show|wait}: everything that only looks at jobs. */
final class JobCommands {
    private JobCommands() {}

    @Command(
            name = "job",
            header = "Show and steer what volumes do in the background.",
            description = "A job is named VOL/ID, as 'mortar job list' shows it.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar job list",
                "  mortar job show bt-vol/7",
                "  mortar job limit bt-vol/7 32MiB",
                "  mortar job wait bt-vol/7"
            })
    static final class Group {}

    @Command(
            name = "list",
            header = "List the jobs of all volumes that are started, or of one; exit code 4 if some could not be had.",
            description = {
                "FILES and BYTES are what is done, and of how much if that is known. LEFT is the time that is left at the present RATE.",
                "A running job without a rate waits for a more urgent one, or has nothing to do now."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job list", "  mortar list job bt-vol"})
    static final class ListJobs implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "VOL", arity = "0..1", description = "Name of a volume; default: all volumes.")
        private @Nullable String volume;

        ListJobs(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode answer = new JobCalls(session).list(volume == null ? null : VolumeCommands.checkedName(volume));
            if (session.json()) {
                session.printJson(answer);
                return ReportText.completeness(answer).value();
            }
            JobText.list(answer.path("jobs")).printTo(session.terminal());
            for (JsonNode absent : answer.path("unanswered")) {
                session.terminal()
                        .note("NOTE: the jobs of the volume '"
                                + absent.path("volume").asText() + "' are not among these: "
                                + absent.path("text").asText());
            }
            return ReportText.completeness(answer).value();
        }
    }

    /** A command about one job. */
    abstract static class OfJob implements Callable<Integer> {
        final Session session;
        final JobCalls calls;

        @Parameters(index = "0", paramLabel = "VOL/ID", description = "The job, as 'mortar job list' shows it.")
        private String name = "";

        OfJob(Session session) {
            this.session = session;
            this.calls = new JobCalls(session);
        }

        final JobName name() {
            return JobName.parse(name);
        }

        final Integer report(JsonNode job, String text) {
            if (session.json()) {
                session.printJson(job);
            } else {
                session.terminal().result(text);
            }
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "show",
            header = "Show a job, with the items that failed; exit code 3 if there are such.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job show bt-vol/7", "  mortar show job bt-vol/7 --json"})
    static final class Show extends OfJob {
        Show(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return show(session, calls.describe(name()));
        }
    }

    /** Prints a job with the items that failed; DEGRADED if there are such. */
    static Integer show(Session session, JsonNode job) {
        boolean failed = job.path("failedItems").asLong() > 0;
        ArrayNode failures = failed ? new JobCalls(session).failures(JobName.of(job)) : Session.JSON.createArrayNode();
        if (session.json()) {
            ObjectNode whole = job.deepCopy();
            whole.set("failures", failures);
            session.printJson(whole);
        } else {
            JobText.show(job, failures).forEach(session.terminal()::result);
        }
        return (failed ? ExitCode.DEGRADED : ExitCode.OK).value();
    }

    @Command(
            name = "wait",
            header = "Wait for the end of a job: exit code 0 done, 1 failed items or cancelled, 4 not in time.",
            description = {
                "On a terminal, shows how far it is. The job does not depend on this command, which may be stopped at any time.",
                "Gives up when no node has answered for as long as --timeout says."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job wait bt-vol/7", "  mortar job wait bt-vol/7 --for 10m"})
    static final class Wait extends OfJob {
        @Option(
                names = "--for",
                paramLabel = "TIME",
                description = "Wait no longer than this, such as 30s or 10m. Default: as long as it takes.")
        private @Nullable String limit;

        Wait(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            JobWait wait = new JobWait(session);
            return wait.report(wait.await(name(), limit == null ? null : GlobalOptions.duration("--for", limit)));
        }
    }
}
