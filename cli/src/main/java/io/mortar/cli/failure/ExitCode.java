package io.mortar.cli.failure;

/** Exit codes of {@code mortar}, the same for every command. */
public enum ExitCode {
    OK(0),
    /** Refused or impossible; nothing was changed unless the text says so. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** Carried out, and something is not as it should be: a node is unreachable, a brick is not online. */
    DEGRADED(3),
    /** Timed out, so the outcome is not known, or carried out in part. */
    INCOMPLETE(4);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
