package io.mortar.multijvm.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.testkit.linearizability.History;
import io.mortar.testkit.linearizability.LinearizabilityCheck;
import io.mortar.testkit.linearizability.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that work on the same few files through all nodes, and a record of all they ask and hear. */
final class HistoryRecorder implements AutoCloseable {
    static final int CLIENTS = 6;
    private static final int END_SECONDS_MAX = 120;
    private static final int TROUBLES_SHOWN_MAX = 20;
    private static final Duration CHANGES_DEADLINE = Duration.ofMinutes(2);

    private final String volume;
    private final List<URI> nodes;
    private final History<FileCall, String> history = new History<>();
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
    private final AtomicInteger changed = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<RecordingClient> clients = new ArrayList<>();

    /** Starts the clients, spread over {@code nodes}. */
    HistoryRecorder(String volume, List<NodeProcess> nodes) {
        this.volume = volume;
        this.nodes = nodes.stream().map(NodeProcess::url).toList();
        for (int number = 0; number < CLIENTS; number++) {
            RecordingClient client = new RecordingClient(number, this);
            clients.add(client);
            threads.execute(client);
        }
    }

    String volume() {
        return volume;
    }

    History<FileCall, String> history() {
        return history;
    }

    /** Tags of contents that somebody has seen. */
    Map<String, String> tags() {
        return tags;
    }

    MortarHttp node(int count) {
        return new MortarHttp(nodes.get(Math.floorMod(count, nodes.size())));
    }

    void noteChange() {
        changed.incrementAndGet();
    }

    /** Notes an answer that is no answer: what was asked, and what came instead. */
    void noteTrouble(String trouble) {
        troubles.add(trouble);
    }

    /** Changes that were carried out and answered until now. */
    int changed() {
        return changed.get();
    }

    /** Lets the clients end, each after reading everything once more, and checks what all of them saw. */
    void assertLinearizable() throws InterruptedException {
        clients.forEach(RecordingClient::end);
        threads.shutdown();
        assertThat(threads.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS))
                .as("the clients end")
                .isTrue();
        assertThat(new LinearizabilityCheck<>(new FilesModel(), FileCall::directory).check(history.operations()))
                .as(
                        "what clients saw, some of them %s",
                        troubles.stream().limit(TROUBLES_SHOWN_MAX).toList())
                .isInstanceOf(Verdict.Linearizable.class);
    }

    /** What was no answer, or said that the pool could not; a pool in which nothing fails gives none. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** Waits until {@code count} more changes than now have been carried out. */
    void awaitChanges(int count) {
        int wanted = changed() + count;
        Await.until(count + " more changes are carried out", CHANGES_DEADLINE, () -> changed() >= wanted);
    }

    @Override
    public void close() {
        clients.forEach(RecordingClient::end);
        threads.shutdownNow();
    }
}
