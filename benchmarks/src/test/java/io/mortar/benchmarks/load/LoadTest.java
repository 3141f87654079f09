package io.mortar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final int BODY_BYTES = 200_000;

    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger unwilling = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private URI base;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            int received = exchange.getRequestBody().readAllBytes().length;
            boolean put = exchange.getRequestMethod().equals("PUT");
            (put ? puts : gets).incrementAndGet();
            if (unwilling.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            boolean missing = exchange.getRequestURI().getPath().equals("/missing");
            exchange.sendResponseHeaders(
                    missing ? 404 : put && received == 4096 ? 201 : 200, put || missing ? -1 : BODY_BYTES);
            if (!put && !missing) {
                exchange.getResponseBody().write(new byte[BODY_BYTES]);
            }
            exchange.close();
        });
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void every_request_is_sent_once_over_all_connections_together() throws Exception {
        double rate = Load.requestsPerSecond(base, 4, Collections.nCopies(100, Request.put("/f", new byte[4096])));

        assertThat(rate).isPositive();
        assertThat(puts).hasValue(100);
    }

    @Test
    void bodies_larger_than_the_buffer_are_read_to_their_end() throws Exception {
        assertThat(Load.requestsPerSecond(base, 2, Collections.nCopies(20, Request.get("/f", BODY_BYTES))))
                .isPositive();
        assertThat(gets).hasValue(20);
    }

    @Test
    void a_wrong_status_or_size_fails_the_measurement() {
        assertThatThrownBy(() -> Load.requestsPerSecond(base, 1, List.of(Request.get("/missing", 1))))
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining("404");
        assertThatThrownBy(() -> Load.requestsPerSecond(base, 1, List.of(Request.get("/f", BODY_BYTES - 1))))
                .hasStackTraceContaining("unexpected answer");
        assertThatThrownBy(() -> Load.requestsPerSecond(base, 1, List.of(Request.put("/f", new byte[1]))))
                .hasStackTraceContaining("unexpected answer");
    }

    @Test
    void a_request_that_is_refused_for_now_is_sent_again_when_that_is_allowed() throws Exception {
        unwilling.set(2);
        Load.Outcome outcome = Load.run(List.of(base, base), 4, 10, i -> Request.put("/f", new byte[4096]), 2);

        assertThat(outcome.refused()).isEqualTo(2);
        unwilling.set(3);
        assertThatThrownBy(() -> Load.run(List.of(base), 1, 1, i -> Request.put("/f", new byte[4096]), 2))
                .hasStackTraceContaining("503");
    }

    @Test
    void a_probe_goes_on_until_it_succeeds() throws Exception {
        unwilling.set(3);
        long begin = System.nanoTime();

        assertThat(Probe.firstSuccessNanos(base, i -> Request.get("/f" + i, BODY_BYTES), Duration.ofMinutes(1)))
                .isGreaterThan(begin);
        assertThat(unwilling).hasValue(0);
    }

    @Test
    void a_probe_that_never_succeeds_ends() {
        assertThatThrownBy(() -> Probe.firstSuccessNanos(base, i -> Request.get("/missing", 1), Duration.ofMillis(100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no success");
    }

    @Test
    void a_steady_client_notes_failures_and_goes_on() {
        unwilling.set(2);
        long begin = System.nanoTime();
        try (SteadyClient client = SteadyClient.start(base, i -> Request.put("/f" + i, new byte[4096]))) {
            while (puts.get() < 10) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(client.failures()).hasSize(2).allMatch(failure -> failure.contains("503"));
            assertThat(client.longestGapSeconds(begin, System.nanoTime())).isPositive();
            assertThat(client.succeeded()).startsWith(2, 3, 4).doesNotContain(0, 1);
        }
    }
}
