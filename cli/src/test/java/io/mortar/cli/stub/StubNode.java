package io.mortar.cli.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code METHOD /path} with what was prepared for it, else hands {@code /files} and stat to a {@link StubVolume}. */
public final class StubNode implements AutoCloseable {
    private record Canned(int status, String contentType, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Canned>> canned = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final StubVolume volume = new StubVolume("bt-vol");

    private StubNode(HttpServer server) {
        this.server = server;
    }

    public static StubNode start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StubNode node = new StubNode(server);
        server.createContext("/", node::handle);
        server.setExecutor(node.threads);
        server.start();
        return node;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public StubVolume volume() {
        return volume;
    }

    /** {@code METHOD /raw/path?query}, in order. */
    public List<String> requests() {
        return requests;
    }

    /** JSON bodies that were received, in order. */
    public List<String> bodies() {
        return bodies;
    }

    /** Prepares the answer to {@code request}, such as {@code GET /api/v1/pool}. */
    public StubNode answer(String request, int status, String json) {
        canned.put(request, new ConcurrentLinkedDeque<>(List.of(new Canned(status, "application/json", json))));
        return this;
    }

    /** Prepares the answer to the next {@code request} after those that have been answered, and to all further ones. */
    public StubNode thenAnswer(String request, int status, String json) {
        canned.computeIfAbsent(request, r -> new ConcurrentLinkedDeque<>())
                .add(new Canned(status, "application/json", json));
        return this;
    }

    public StubNode refuse(String request, int status, String code, String detail) {
        String json = "{\"status\": " + status + ", \"code\": \"" + code + "\", \"detail\": \"" + detail + "\"}";
        canned.put(request, new ConcurrentLinkedDeque<>(List.of(new Canned(status, "application/problem+json", json))));
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        try (exchange) {
            Deque<Canned> answers = canned.get(request);
            Canned answer = answers == null ? null : answers.size() > 1 ? answers.poll() : answers.peek();
            if (answer == null) {
                volume.handle(exchange);
                return;
            }
            try (InputStream body = exchange.getRequestBody()) {
                bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", answer.contentType());
            if (answer.status() == 503) {
                exchange.getResponseHeaders().add("Retry-After", "7");
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
