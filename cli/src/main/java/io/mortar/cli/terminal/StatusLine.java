package io.mortar.cli.terminal;

import java.io.PrintStream;

/** One line on standard error that is written anew again and again; nothing when that is no terminal. */
public final class StatusLine {
    private static final int WIDTH_MAX = 79;

    private final PrintStream errors;
    private final boolean quiet;
    private int width;

    public StatusLine(Terminal terminal, boolean quiet) {
        this.errors = terminal.errors();
        this.quiet = quiet || !terminal.isInteractive(Terminal.Stream.ERR);
    }

    /** Replaces what is shown. A text that could be longer than a line is cut. */
    public void show(String text) {
        if (quiet) {
            return;
        }
        String cut = text.length() <= WIDTH_MAX ? text : text.substring(0, WIDTH_MAX);
        errors.print("\r" + cut + " ".repeat(Math.max(0, width - cut.length())));
        errors.flush();
        width = cut.length();
    }

    /** Makes the line empty again. */
    public void end() {
        if (width > 0) {
            errors.print("\r" + " ".repeat(width) + "\r");
            errors.flush();
            width = 0;
        }
    }
}
