package io.mortar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final int BODY_BYTES = 200_000;

    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
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
}
