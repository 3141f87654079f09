package io.mortar.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.drill.load.Files;
import io.mortar.cli.drill.load.Operation;
import io.mortar.cli.drill.load.Operation.Delete;
import io.mortar.cli.drill.load.Operation.Move;
import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Range;
import io.mortar.cli.drill.load.Operation.Read;
import io.mortar.cli.drill.load.Reply;
import io.mortar.cli.remote.RemotePath;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A directory of a volume by HTTP, through several nodes. An attempt ends after a bounded time, also when a node is frozen in mid-answer. */
public final class HttpFiles implements Files {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final int NAMES_MAX = 10_000;

    private final List<URI> nodes;
    private final RemotePath directory;
    private final Duration attemptMax;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();

    /**
     * @param nodes base addresses, such as {@code http://127.0.0.1:8080}
     * @param attemptMax after which an attempt counts as not answered
     */
    public HttpFiles(List<URI> nodes, RemotePath directory, Duration attemptMax) {
        this.nodes = List.copyOf(nodes);
        this.directory = directory;
        this.attemptMax = attemptMax;
    }

    @Override
    public int nodeCount() {
        return nodes.size();
    }

    @Override
    public Reply attempt(int node, Operation operation) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request(nodes.get(node), operation), BodyHandlers.ofByteArray());
        try {
            return reply(operation, answer.get(attemptMax.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Reply.Unknown("NO_ANSWER");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (IOException e) {
            return new Reply.Absurd("an answer that is not Mortar's: " + e.getMessage());
        }
    }

    private HttpRequest request(URI node, Operation operation) {
        if (operation instanceof Put put) {
            return at(node, put.path())
                    .PUT(BodyPublishers.ofByteArray(put.content().bytes()))
                    .build();
        }
        if (operation instanceof Read read) {
            return at(node, read.path()).GET().build();
        }
        if (operation instanceof Range range) {
            String bytes = "bytes=" + range.from() + "-" + (range.from() + range.count() - 1);
            return at(node, range.path()).header("Range", bytes).GET().build();
        }
        if (operation instanceof Delete delete) {
            return at(node, delete.path()).DELETE().build();
        }
        if (operation instanceof Move move) {
            return at(node, move.from())
                    .header("Destination", node + url(move.to()))
                    .header("Overwrite", "T")
                    .method("MOVE", BodyPublishers.noBody())
                    .build();
        }
        if (operation instanceof Names names) {
            return HttpRequest.newBuilder(URI.create(node + url(names.directory()) + "/?limit=" + NAMES_MAX))
                    .header("Accept", "application/json")
                    .GET()
                    .build();
        }
        throw new AssertionError("unhandled " + operation);
    }

    private HttpRequest.Builder at(URI node, String path) {
        return HttpRequest.newBuilder(URI.create(node + url(path)));
    }

    private String url(String path) {
        return directory.descendant(path).url();
    }

    private static Reply reply(Operation operation, HttpResponse<byte[]> answer) throws IOException {
        int status = answer.statusCode();
        if (status == 404) {
            return new Reply.Missing();
        }
        if (status == 503 || status == 507 || status == 429) {
            return new Reply.Refused(code(answer), retryAfterMillis(answer));
        }
        if (status >= 500) {
            return new Reply.Unknown(code(answer));
        }
        if (status >= 300 || (operation instanceof Range && status != 206)) {
            return new Reply.Absurd("answered with " + status + " " + code(answer));
        }
        if (operation instanceof Read || operation instanceof Range) {
            return new Reply.Found(answer.body());
        }
        return operation instanceof Names ? new Reply.Listed(sizes(answer.body())) : new Reply.Done();
    }

    /** Whether the request got as far as the node decides whether something may have come of it. */
    private static Reply failed(@Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new Reply.Refused("NO_CONNECTION", 0)
                : new Reply.Unknown("CONNECTION_LOST");
    }

    private static Map<String, Long> sizes(byte[] body) throws IOException {
        JsonNode page = JSON.readTree(body);
        if (!page.path("next").isNull()) {
            throw new IOException("a directory of the drill has more than " + NAMES_MAX + " names");
        }
        Map<String, Long> sizes = new HashMap<>();
        for (JsonNode entry : page.path("entries")) {
            sizes.put(entry.path("name").asText(), entry.path("size").asLong());
        }
        return sizes;
    }

    private static String code(HttpResponse<byte[]> answer) throws IOException {
        boolean isProblem = answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
        String status = "HTTP_" + answer.statusCode();
        return isProblem ? JSON.readTree(answer.body()).path("code").asText(status) : status;
    }

    private static long retryAfterMillis(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Long.parseLong(text) * 1000)
                .orElse(0L);
    }
}
