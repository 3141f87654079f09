package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.view.JobText;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume rebalance|scrub}: jobs that users start, by their kind. */
final class VolumeJobCommands {
    private VolumeJobCommands() {}

    private static final List<String> VERBS = List.of("start", "status", "pause", "resume", "stop");

    /** For completion. */
    static final class Verbs implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return VERBS.iterator();
        }
    }

    @Command(
            name = "rebalance",
            header = "Even out how full the bricks of a volume are, such as after adding some.",
            description = {
                "start begins, or finds the rebalance that is under way. The others are about the one that was started last.",
                "Files can be read and written all the while. stop keeps what was moved."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar volume rebalance bt-vol start --plan",
                "  mortar volume rebalance bt-vol start",
                "  mortar volume rebalance bt-vol status",
                "  mortar rebalance volume bt-vol start --wait"
            })
    static final class Rebalance extends OfKind {
        @Option(
                names = "--plan",
                description = "With start: only show what it would take; exit code 1 if it is not possible.")
        private boolean plan;

        Rebalance(Session session) {
            super(session, "rebalance");
        }

        @Override
        Integer act(JobCalls calls) {
            if (plan && !verb().equals("start")) {
                throw CommandFailedException.usage("--plan goes with start, not with " + verb());
            }
            return plan ? BrickCommands.showPlan(session, calls.plan(name(), "rebalance")) : super.act(calls);
        }
    }

    @Command(
            name = "scrub",
            header = "Read and verify every chunk of a volume, and repair what can be repaired.",
            description = {
                "start begins, or finds the scrub that is under way. The others are about the one that was started last.",
                "A chunk that is damaged or missing is healed if there is another copy of it."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume scrub bt-vol start --wait", "  mortar scrub volume bt-vol status"})
    static final class Scrub extends OfKind {
        Scrub(Session session) {
            super(session, "scrub");
        }
    }

    /** A command about the newest job of a kind. */
    abstract static class OfKind extends VolumeCommands.OfVolume {
        private final String kind;

        @Parameters(
                index = "1",
                paramLabel = "VERB",
                completionCandidates = Verbs.class,
                description = "What to do: start, status, pause, resume or stop.")
        private String verb = "";

        @Option(
                names = "--wait",
                description = "With start or resume: return when it has ended, like 'mortar job wait'.")
        private boolean wait;

        @Option(
                names = {"-y", "--yes"},
                description = "With stop: do not ask.")
        private boolean yes;

        OfKind(Session session, String kind) {
            super(session);
            this.kind = kind;
        }

        @Override
        public Integer call() {
            if (!VERBS.contains(verb)) {
                throw CommandFailedException.usage(
                        "'" + verb + "' cannot be done with a " + kind + ": say one of " + String.join(", ", VERBS));
            }
            if (wait && !verb.equals("start") && !verb.equals("resume")) {
                throw CommandFailedException.usage("--wait goes with start and resume, not with " + verb);
            }
            return act(new JobCalls(session));
        }

        final String verb() {
            return verb;
        }

        Integer act(JobCalls calls) {
            return switch (verb) {
                case "start" -> {
                    JsonNode job = calls.start(name(), kind);
                    yield follow(
                            job,
                            JobText.changed(job) + " See how far it is: mortar volume " + kind + " " + name()
                                    + " status");
                }
                case "status" -> JobCommands.show(session, calls.newest(name(), kind));
                default -> change(calls);
            };
        }

        private Integer change(JobCalls calls) {
            JobName newest = JobName.of(calls.newest(name(), kind));
            if (verb.equals("stop")) {
                session.terminal()
                        .confirm("Stop the " + kind + " of the volume '" + name() + "'? What it did stays done.", yes);
            }
            JsonNode job = calls.act(newest, verb.equals("stop") ? "cancel" : verb);
            return follow(job, JobText.changed(job));
        }

        private Integer follow(JsonNode job, String text) {
            if (wait) {
                JobWait waiting = new JobWait(session);
                return waiting.report(waiting.await(JobName.of(job), null));
            }
            report(job, text);
            return ExitCode.OK.value();
        }
    }
}
