package io.mortar.multijvm.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.testkit.linearizability.History;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client, which goes on to the next node when its node does not answer. An answer that never came, and every status above 499
 * except 503, leave the outcome open. 503 says that nothing was done, and is taken at its word.
 */
final class RecordingClient implements Runnable {
    private static final List<String> DIRECTORIES = List.of("d1", "d2", "d3", "d4");
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final int UNAVAILABLE = 503;
    private static final Set<Integer> EXPECTED = Set.of(200, 201, 204, 404, 412);

    private final int number;
    private final HistoryRecorder recorder;
    private final SplittableRandom random;
    private volatile boolean ending;
    private @Nullable Seen seen;
    private int place;
    private int calls;

    /** A file as this client read it last. */
    private record Seen(String directory, String name, String content) {}

    RecordingClient(int number, HistoryRecorder recorder) {
        this.number = number;
        this.recorder = recorder;
        this.random = new SplittableRandom(number);
        this.place = number;
    }

    /** Lets it finish soon. */
    void end() {
        ending = true;
    }

    @Override
    public void run() {
        try {
            while (!ending) {
                make(next());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (String directory : DIRECTORIES) {
                make(new FileCall.Names(directory));
                for (String name : NAMES) {
                    make(new FileCall.Read(directory, name));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FileCall next() {
        String directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String content = "content-" + number + "-" + calls;
        int choice = random.nextInt(10);
        if (choice < 3) {
            return new FileCall.Read(directory, name);
        }
        if (choice < 4) {
            return new FileCall.Names(directory);
        }
        if (choice < 6) {
            return new FileCall.Create(directory, name, content);
        }
        if (choice < 7) {
            return new FileCall.Write(directory, name, content);
        }
        Seen last = seen;
        return choice < 9 && last != null
                ? new FileCall.Replace(last.directory, last.name, content, last.content)
                : new FileCall.Delete(directory, name);
    }

    private void make(FileCall call) throws InterruptedException {
        calls++;
        MortarHttp node = recorder.node(place).within(DEADLINE);
        History<FileCall, String>.Call noted = recorder.history().invoke(number, call);
        try {
            Answer answer = send(node, call);
            if (!EXPECTED.contains(answer.status())) {
                trouble(call + ": " + answer);
            }
            if (answer.status() < 500) {
                learn(call, answer);
                noted.answered(text(call, answer));
            } else if (answer.status() == UNAVAILABLE) {
                noted.refused();
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            noted.refused();
            trouble("no connection");
            place++;
        } catch (IOException e) {
            trouble(call + ": no answer: " + e);
            place++;
        }
    }

    private void trouble(String what) {
        recorder.noteTrouble("client " + number + ": " + what);
    }

    private Answer send(MortarHttp node, FileCall call) throws IOException, InterruptedException {
        String volume = recorder.volume();
        if (call instanceof FileCall.Read read) {
            return node.get(volume, path(read.directory(), read.name()));
        }
        if (call instanceof FileCall.Names names) {
            return node.list(volume, names.directory() + "/", "", 1000);
        }
        if (call instanceof FileCall.Create create) {
            return put(node, create.directory(), create.name(), create.content(), "If-None-Match", "*");
        }
        if (call instanceof FileCall.Replace replace) {
            String tag = recorder.tags().get(replace.expected());
            return put(node, replace.directory(), replace.name(), replace.content(), "If-Match", String.valueOf(tag));
        }
        if (call instanceof FileCall.Write write) {
            return put(node, write.directory(), write.name(), write.content());
        }
        if (call instanceof FileCall.Delete delete) {
            return node.delete(volume, path(delete.directory(), delete.name()));
        }
        throw new AssertionError("unhandled " + call);
    }

    private Answer put(MortarHttp node, String directory, String name, String content, String... headers)
            throws IOException, InterruptedException {
        return node.put(recorder.volume(), path(directory, name), content.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static String path(String directory, String name) {
        return directory + "/" + name;
    }

    private void learn(FileCall call, Answer answer) {
        String tag = answer.header("ETag");
        if (call instanceof FileCall.Read read && answer.status() == 200) {
            seen = new Seen(read.directory(), read.name(), answer.text());
            recorder.tags().put(answer.text(), tag);
        }
        written(call)
                .filter(content -> answer.status() == 201 || answer.status() == 204)
                .ifPresent(content -> {
                    recorder.tags().put(content, tag);
                    recorder.noteChange();
                });
    }

    private static Optional<String> written(FileCall call) {
        if (call instanceof FileCall.Create create) {
            return Optional.of(create.content());
        }
        if (call instanceof FileCall.Replace replace) {
            return Optional.of(replace.content());
        }
        return call instanceof FileCall.Write write ? Optional.of(write.content()) : Optional.empty();
    }

    private static String text(FileCall call, Answer answer) throws IOException {
        if (answer.status() == 200 && call instanceof FileCall.Read) {
            return FilesModel.content(answer.text());
        }
        if (call instanceof FileCall.Names) {
            return FilesModel.names(namesIn(answer));
        }
        return Integer.toString(answer.status());
    }

    /** A directory that was never written to does not exist, and holds as little as an empty one. */
    private static SortedSet<String> namesIn(Answer answer) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode entry : answer.json().path("entries")) {
            names.add(entry.path("name").asText());
        }
        return names;
    }
}
