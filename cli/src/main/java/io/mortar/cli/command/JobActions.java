package io.mortar.cli.command;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.view.JobText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar job pause|resume|cancel|retry|limit}. */
final class JobActions {
    private JobActions() {}

    /** A command that does something with a job and says in which state it is then. */
    abstract static class Action extends JobCommands.OfJob {
        private final String action;

        Action(Session session, String action) {
            super(session);
            this.action = action;
        }

        /** Asks the user, if there is something to ask. */
        void confirm(JobName name) {}

        @Override
        public final Integer call() {
            JobName name = name();
            confirm(name);
            var job = calls.act(name, action);
            return report(job, JobText.changed(job));
        }
    }

    @Command(
            name = "pause",
            header = "Have a job rest until it is resumed.",
            description = "Also healing (VOL/1) and the deletion of what nobody sees any more (VOL/2) can rest.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job pause bt-vol/7"})
    static final class Pause extends Action {
        Pause(Session session) {
            super(session, "pause");
        }
    }

    @Command(
            name = "resume",
            header = "Have a paused job go on.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job resume bt-vol/7"})
    static final class Resume extends Action {
        Resume(Session session) {
            super(session, "resume");
        }
    }

    @Command(
            name = "cancel",
            header = "End a rebalance or a scrub; what it did stays done.",
            description =
                    "Other jobs end when what they are for is taken back, such as with 'volume remove-brick ... stop'.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job cancel bt-vol/7", "  mortar job cancel bt-vol/7 --yes"})
    static final class Cancel extends Action {
        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        Cancel(Session session) {
            super(session, "cancel");
        }

        @Override
        void confirm(JobName name) {
            session.terminal().confirm("Cancel the job " + name + "? What it did stays done.", yes);
        }
    }

    @Command(
            name = "retry",
            header = "Have a job that ended with failed items try these again, and nothing else.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job show bt-vol/7", "  mortar job retry bt-vol/7"})
    static final class Retry extends Action {
        Retry(Session session) {
            super(session, "retry");
        }
    }

    @Command(
            name = "limit",
            header = "Set how many bytes per second a job may move or read; not of a purge, which does neither.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar job limit bt-vol/7 32MiB", "  mortar job limit bt-vol/7 off"})
    static final class Limit extends JobCommands.OfJob {
        @Parameters(
                index = "1",
                paramLabel = "RATE",
                description = "Bytes per second, such as 32MiB or 32MiB/s; 'off' for the configured rate.")
        private String rate = "";

        Limit(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var job = calls.limit(name(), bytesPerSecond());
            return report(job, JobText.limited(job));
        }

        private long bytesPerSecond() {
            if (rate.equals("off")) {
                return 0;
            }
            long bytes;
            try {
                bytes = ByteSize.parse(rate.replaceFirst("/s$", ""));
            } catch (IllegalArgumentException e) {
                throw CommandFailedException.usage("'" + rate + "' is not a rate such as 32MiB, 512KiB/s or off");
            }
            if (bytes == 0) {
                throw CommandFailedException.usage(
                        "a rate of 0 would never end: say 'mortar job pause' to have a job rest, or 'off' for the configured rate");
            }
            return bytes;
        }
    }
}
