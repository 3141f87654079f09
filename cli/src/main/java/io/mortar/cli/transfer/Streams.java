package io.mortar.cli.transfer;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.Content;
import io.mortar.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;

/** Standard input and output as content and as target, written {@code -}. */
public final class Streams {
    private Streams() {}

    public static boolean isStandard(String text) {
        return text.equals("-");
    }

    /** All of standard input; its size is not known before. */
    public static Content input(Terminal terminal) {
        return new Content() {
            @Override
            public long sizeBytes() {
                return -1;
            }

            @Override
            public InputStream open() {
                return terminal.bytesIn();
            }
        };
    }

    /** Sends the content of a file to standard output. */
    public static void print(Terminal terminal, Place place, Content content) {
        try {
            LocalPlace.transfer(content, terminal.bytesOut());
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot send " + place + " to standard output: " + e.getMessage()
                    + "\nWhat was printed so far is not the whole file.");
        }
    }
}
