package io.mortar.gateway.health;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.json.Json;
import io.mortar.gateway.problem.Problem;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.Handler;
import io.mortar.protocol.pool.TopologyView;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers {@code /health/live} and {@code /health/ready}, for those who start, watch and balance nodes. */
public final class HealthHandler implements Handler {
    private static final String ALLOW = "GET, HEAD";

    private final TopologyView topology;

    public HealthHandler(TopologyView topology) {
        this.topology = topology;
    }

    @Override
    public CompletionStage<HttpResponse> handle(GatewayRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw ProblemException.methodNotAllowed(request.method(), ALLOW);
        }
        return switch (request.target().path()) {
            case "/health/live" -> status("live");
            case "/health/ready" -> ready();
            default ->
                throw new RefusedException(
                        RefusalCode.NOT_FOUND,
                        "there is nothing at " + request.target().path() + ": see /health/live and /health/ready");
        };
    }

    private CompletionStage<HttpResponse> ready() {
        Readiness.obstacle(topology.current()).ifPresent(reason -> {
            throw new ProblemException(new Problem(503, "NOT_READY", reason));
        });
        return status("ready");
    }

    private static CompletionStage<HttpResponse> status(String status) {
        return CompletableFuture.completedStage(HttpResponse.create()
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(Map.of("status", status)))));
    }
}
