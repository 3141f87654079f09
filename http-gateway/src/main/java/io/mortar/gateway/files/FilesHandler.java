package io.mortar.gateway.files;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.client.file.FileStore;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.Handler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers {@code /files/{volume}/{path}}; {@code docs/http-files.md} says how. */
public final class FilesHandler implements Handler {
    private static final String ALLOW = "GET, HEAD, PUT, DELETE, MKCOL, MOVE, COPY, OPTIONS";

    private final FileReads reads;
    private final FileWrites writes;
    private final TreeChanges changes;

    public FilesHandler(FileStore store) {
        this.reads = new FileReads(store);
        this.writes = new FileWrites(store);
        this.changes = new TreeChanges(store);
    }

    @Override
    public CompletionStage<HttpResponse> handle(GatewayRequest request) {
        FileTarget target = FileTarget.of(request.target());
        return switch (request.method()) {
            case "GET" -> reads.read(request, target, false);
            case "HEAD" -> reads.read(request, target, true);
            case "PUT" -> writes.put(request, target);
            case "DELETE" -> changes.delete(request, target);
            case "MKCOL" -> changes.makeDirectory(request, target);
            case "MOVE" -> changes.move(request, target);
            case "COPY" -> changes.copy(request, target);
            case "OPTIONS" ->
                CompletableFuture.completedStage(
                        HttpResponse.create().withStatus(204).addHeader(RawHeader.create("Allow", ALLOW)));
            default -> throw ProblemException.methodNotAllowed(request.method(), ALLOW);
        };
    }
}
