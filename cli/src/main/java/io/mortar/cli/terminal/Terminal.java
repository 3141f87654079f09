package io.mortar.cli.terminal;

import io.mortar.cli.failure.CommandFailedException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The three standard streams of a command. Results go to standard output, everything else to standard error, so that output can be
 * piped. Texts are UTF-8 whatever the locale.
 */
public final class Terminal {
    /** The standard streams, as {@code -Dmortar.terminals} names those that are a terminal. */
    public enum Stream {
        IN,
        OUT,
        ERR
    }

    private final InputStream in;
    private final OutputStream rawOut;
    private final PrintStream out;
    private final PrintStream err;
    private final Set<Stream> interactive;

    /** @param interactive the streams that a person sees or types into */
    public Terminal(InputStream in, OutputStream out, OutputStream err, Set<Stream> interactive) {
        this.in = in;
        this.rawOut = out;
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.interactive = interactive.isEmpty() ? EnumSet.noneOf(Stream.class) : EnumSet.copyOf(interactive);
    }

    /** The streams of this process. The launcher knows which are terminals and says so in the property {@code mortar.terminals}; without it none is. */
    public static Terminal ofProcess() {
        EnumSet<Stream> interactive = EnumSet.noneOf(Stream.class);
        Arrays.stream(System.getProperty("mortar.terminals", "").trim().split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> Stream.valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(interactive::add);
        return new Terminal(
                System.in,
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024),
                new FileOutputStream(FileDescriptor.err),
                interactive);
    }

    public boolean isInteractive(Stream stream) {
        return interactive.contains(stream);
    }

    /** Prints a line of the result. */
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    /** Tells the user something that is not part of the result. */
    public void note(String line) {
        err.println(line);
    }

    /** Standard output for bytes; flushed by the caller, never closed. */
    public OutputStream bytesOut() {
        return rawOut;
    }

    /** Standard input for bytes. */
    public InputStream bytesIn() {
        return in;
    }

    public PrintStream errors() {
        return err;
    }

    /** Asks before something that cannot be undone; without a terminal to ask on, that is refused. */
    public void confirm(String question, boolean assumeYes) {
        if (assumeYes) {
            return;
        }
        if (!isInteractive(Stream.IN)) {
            throw CommandFailedException.failed(question
                    + "\nStandard input is not a terminal, so this was not done. Say --yes to do it without asking.");
        }
        err.print(question + " [y/N] ");
        err.flush();
        String answer = readLine().trim().toLowerCase(Locale.ROOT);
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw CommandFailedException.failed("Not done.");
        }
    }

    private String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot read the answer: " + e.getMessage());
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
