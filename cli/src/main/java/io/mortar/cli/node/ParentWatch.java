package io.mortar.cli.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Stops this process when its parent is gone, however it ended: the parent holds the other end of standard input, and the kernel
 * closes that even after kill -9.
 */
public final class ParentWatch {
    /** Longer than an orderly stop of a node takes. */
    private static final long STOP_SECONDS_MAX = 20;

    private ParentWatch() {}

    /** Watches {@code in} on a thread of its own; at its end the process stops as on SIGTERM, at the latest after 20 s. */
    public static void start(InputStream in) {
        daemon("watch-parent", () -> {
            readToEnd(in);
            daemon("stop-deadline", ParentWatch::haltLater);
            System.exit(0);
        });
    }

    private static void readToEnd(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken standard input means the same as its end.
            return;
        }
    }

    private static void haltLater() {
        try {
            TimeUnit.SECONDS.sleep(STOP_SECONDS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
