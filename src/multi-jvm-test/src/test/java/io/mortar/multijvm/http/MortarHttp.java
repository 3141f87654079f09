package io.mortar.multijvm.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks HTTP to one node. Every request has a deadline; past it {@link java.net.http.HttpTimeoutException} is thrown. */
public final class MortarHttp {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Duration deadline;

    public MortarHttp(URI base) {
        this(base, DEADLINE);
    }

    private MortarHttp(URI base, Duration deadline) {
        this.base = base;
        this.deadline = deadline;
    }

    /** The same node with another deadline for whole answers. */
    public MortarHttp within(Duration otherDeadline) {
        return new MortarHttp(base, otherDeadline);
    }

    public URI fileUrl(String volume, String path) {
        return Urls.file(base, volume, path);
    }

    public Answer put(String volume, String path, byte[] content, String... headers)
            throws IOException, InterruptedException {
        return send("PUT", fileUrl(volume, path), BodyPublishers.ofByteArray(content), headers);
    }

    public Answer get(String volume, String path, String... headers) throws IOException, InterruptedException {
        return send("GET", fileUrl(volume, path), BodyPublishers.noBody(), headers);
    }

    public Answer head(String volume, String path) throws IOException, InterruptedException {
        return send("HEAD", fileUrl(volume, path), BodyPublishers.noBody());
    }

    /** One page of a directory, whose path ends with a slash or is empty, as JSON. */
    public Answer list(String volume, String directory, String after, int limit)
            throws IOException, InterruptedException {
        URI url = URI.create(fileUrl(volume, directory) + "?limit=" + limit + "&after=" + Urls.encoded(after));
        return send("GET", url, BodyPublishers.noBody(), "Accept", "application/json");
    }

    public Answer delete(String volume, String path) throws IOException, InterruptedException {
        return send("DELETE", fileUrl(volume, path), BodyPublishers.noBody());
    }

    /** A GET below {@code /api/v1/}. */
    public Answer ask(String resource) throws IOException, InterruptedException {
        return send("GET", base.resolve("/api/v1/" + resource), BodyPublishers.noBody(), "Accept", "application/json");
    }

    /** A DELETE below {@code /api/v1/}. */
    public Answer forget(String resource) throws IOException, InterruptedException {
        return send("DELETE", base.resolve("/api/v1/" + resource), BodyPublishers.noBody());
    }

    /** A POST of JSON below {@code /api/v1/}. */
    public Answer tell(String resource, String json) throws IOException, InterruptedException {
        return tell("POST", resource, json);
    }

    /** As {@link #tell(String, String)}, with another method. */
    public Answer tell(String method, String resource, String json) throws IOException, InterruptedException {
        return send(
                method,
                base.resolve("/api/v1/" + resource),
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json");
    }

    Answer send(String method, URI url, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).method(method, body).timeout(deadline);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    }

    /** A complete answer of a node. */
    public record Answer(HttpResponse<byte[]> response) {
        private static final int TEXT_BYTES_MAX = 500;

        public int status() {
            return response.statusCode();
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }

        /** The first header of that name; empty when there is none. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Status and text: what a failed assertion should show. */
        @Override
        public String toString() {
            byte[] body = response.body();
            String start = new String(body, 0, Math.min(TEXT_BYTES_MAX, body.length), StandardCharsets.UTF_8);
            return response.request().method() + " " + response.uri() + " -> " + status() + " " + start;
        }
    }
}
