package io.mortar.cli.drill.guided;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Lines of standard input, read by a thread of their own, since nothing ends a read that waits. */
final class TypedAnswers implements Answers {
    private static final int LINES_MAX = 16;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_MAX);

    TypedAnswers(InputStream in) {
        Thread reader = new Thread(() -> read(in), "drill-answers");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public @Nullable String next() {
        return lines.poll();
    }

    private void read(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(line.strip().toLowerCase(Locale.ROOT));
            }
            lines.put(QUIT);
        } catch (IOException e) {
            // As at its end: nobody can answer any more.
            lines.offer(QUIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
