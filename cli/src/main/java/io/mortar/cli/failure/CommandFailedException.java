package io.mortar.cli.failure;

/** Ends a command. The message says what was tried, what was found and what to do next; it has no stack trace, since it is an answer. */
public final class CommandFailedException extends RuntimeException {
    /** Code of failures that were found by the command itself and not by a node. */
    public static final String LOCAL_CODE = "COMMAND_FAILED";

    private final ExitCode exit;
    private final String code;

    public CommandFailedException(ExitCode exit, String text) {
        this(exit, LOCAL_CODE, text);
    }

    /** @param code the stable code of the refusal, as the node named it */
    public CommandFailedException(ExitCode exit, String code, String text) {
        super(text, null, false, false);
        this.exit = exit;
        this.code = code;
    }

    public static CommandFailedException failed(String text) {
        return new CommandFailedException(ExitCode.FAILED, text);
    }

    public static CommandFailedException usage(String text) {
        return new CommandFailedException(ExitCode.USAGE, "USAGE", text);
    }

    public static CommandFailedException incomplete(String text) {
        return new CommandFailedException(ExitCode.INCOMPLETE, "INCOMPLETE", text);
    }

    public ExitCode exit() {
        return exit;
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
