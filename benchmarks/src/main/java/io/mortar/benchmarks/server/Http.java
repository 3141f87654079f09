package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Single requests that are not part of a load. */
public final class Http {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 20_000_000;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** The body of a successful answer to a GET that accepts JSON. */
    public static byte[] get(URI url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url).header("Accept", "application/json"));
    }

    public static void postJson(URI url, String json) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public static void delete(URI url) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(url).DELETE());
    }

    /** Waits until {@code url} is answered with success; throws when {@code process} ends before, or after a minute. */
    static void awaitAnswer(URI url, Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                get(url);
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("no answer from " + url, notYet);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = CLIENT.send(request.timeout(DEADLINE).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().method() + " " + answer.uri() + " -> " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }
}
