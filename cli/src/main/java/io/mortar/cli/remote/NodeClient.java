package io.mortar.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one node. What the node refuses, and a node that does not answer, come out as {@link CommandFailedException} with a text
 * that begins with the attempt, such as {@code create volume 'bt-vol'}. Safe for use by several threads.
 */
public final class NodeClient {
    /** Code of the failures where no node answered. */
    public static final String UNREACHABLE = "UNREACHABLE";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final URI base;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param base such as {@code http://127.0.0.1:8080}
     * @param timeout for the answer to an admin request, and for a transfer that does not move
     */
    public NodeClient(URI base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.compareTo(CONNECT_MAX) < 0 ? timeout : CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public URI base() {
        return base;
    }

    public Duration timeout() {
        return timeout;
    }

    HttpClient http() {
        return http;
    }

    public JsonNode get(String attempt, String path) {
        return json(attempt, request(path).header("Accept", "application/json").GET());
    }

    /** @param body null for a request without one */
    public JsonNode post(String attempt, String path, @Nullable JsonNode body) {
        return change(
                attempt,
                "POST",
                path,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    }

    public JsonNode patch(String attempt, String path, JsonNode body) {
        return change(attempt, "PATCH", path, BodyPublishers.ofString(body.toString()));
    }

    public JsonNode put(String attempt, String path, JsonNode body) {
        return change(attempt, "PUT", path, BodyPublishers.ofString(body.toString()));
    }

    private JsonNode change(String attempt, String method, String path, HttpRequest.BodyPublisher body) {
        return json(
                attempt,
                request(path)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(method, body));
    }

    public void delete(String attempt, String path) {
        exchange(attempt, request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** Sends a request whose answer is small; a status of 300 and above is a failure. */
    HttpResponse<byte[]> exchange(String attempt, HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.timeout(timeout).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw Problem.of(response).asFailure(attempt, base);
            }
            return response;
        } catch (IOException e) {
            throw unreachable(attempt, e);
        } catch (InterruptedException e) {
            throw interrupted(attempt);
        }
    }

    static CommandFailedException interrupted(String attempt) {
        Thread.currentThread().interrupt();
        return CommandFailedException.incomplete("interrupted; it is not known whether this was done: " + attempt);
    }

    /** The failure that an {@link IOException} of the HTTP client stands for. */
    public CommandFailedException unreachable(String attempt, IOException e) {
        String tried = "cannot " + attempt + ": ";
        String elsewhere = "\nName another node with --node URL or MORTAR_NODE, or start one with 'mortar node start'.";
        if (e instanceof HttpConnectTimeoutException) {
            return unreachable(tried + "no connection to " + base + " in time." + elsewhere);
        }
        if (e instanceof HttpTimeoutException) {
            return CommandFailedException.incomplete(
                    tried + "no answer from " + base + " within " + timeout.toSeconds()
                            + " s; whether it was done is not known.\nLook before you repeat it, and give more time with --timeout.");
        }
        if (e instanceof ConnectException) {
            return unreachable(tried + "nothing answers at " + base + " (" + reason(e) + ")." + elsewhere);
        }
        return unreachable(tried + "the connection to " + base + " broke (" + reason(e)
                + ").\nSee 'mortar node status' and the node's log.");
    }

    private JsonNode json(String attempt, HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(attempt, request);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot " + attempt + ": what answers at " + base
                    + " does not speak Mortar's JSON. Is --node the HTTP address of a node?");
        }
    }

    private static CommandFailedException unreachable(String text) {
        return new CommandFailedException(ExitCode.FAILED, UNREACHABLE, text);
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnresolvedAddressException) {
            return "no address is known for this name";
        }
        return cause.getMessage() == null ? "connection refused" : cause.getMessage();
    }
}
