package io.mortar.gateway.admin;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.client.session.PoolClient;
import io.mortar.gateway.request.GatewayRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Answers {@code /api/v1/jobs} and {@code /api/v1/volumes/{volume}/jobs/...}. */
final class JobsHandler {
    private static final String LOOK = "GET, HEAD, OPTIONS";
    private static final String LOOK_AND_ACT = "GET, HEAD, POST, OPTIONS";

    private final JobRequests jobs;
    private final JsonBodies bodies;

    JobsHandler(PoolClient pool, JsonBodies bodies) {
        this.jobs = new JobRequests(pool.jobs(), pool.reports());
        this.bodies = bodies;
    }

    CompletionStage<HttpResponse> all(GatewayRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> jobs.listAll().thenApply(AdminHandler::ok);
            default -> AdminHandler.otherMethod(request, LOOK);
        };
    }

    /** @param segments behind {@code jobs} */
    CompletionStage<HttpResponse> ofVolume(GatewayRequest request, String volume, List<String> segments) {
        return switch (segments.size()) {
            case 0 ->
                switch (request.method()) {
                    case "GET", "HEAD" -> jobs.list(volume).thenApply(AdminHandler::ok);
                    case "POST" -> start(request, volume);
                    default -> AdminHandler.otherMethod(request, LOOK_AND_ACT);
                };
            case 1 ->
                switch (request.method()) {
                    case "GET", "HEAD" -> jobs.describe(volume, segments.get(0)).thenApply(AdminHandler::ok);
                    case "POST" -> control(request, volume, segments.get(0));
                    default -> AdminHandler.otherMethod(request, LOOK_AND_ACT);
                };
            case 2 -> {
                if (!segments.get(1).equals("failures")) {
                    throw AdminHandler.notFound(request);
                }
                yield failures(request, volume, segments.get(0));
            }
            default -> throw AdminHandler.notFound(request);
        };
    }

    private CompletionStage<HttpResponse> start(GatewayRequest request, String volume) {
        JsonBodies.requireJson(request);
        return bodies.read(request, StartJobJson.class)
                .thenCompose(body -> jobs.start(volume, body))
                .thenApply(job -> AdminHandler.ok(job)
                        .withStatus(202)
                        .addHeader(RawHeader.create(
                                "Location", AdminHandler.PREFIX + "volumes/" + volume + "/jobs/" + job.id())));
    }

    private CompletionStage<HttpResponse> control(GatewayRequest request, String volume, String id) {
        JsonBodies.requireJson(request);
        return bodies.read(request, ControlJobJson.class)
                .thenCompose(body -> jobs.control(volume, id, body))
                .thenApply(AdminHandler::ok);
    }

    private CompletionStage<HttpResponse> failures(GatewayRequest request, String volume, String id) {
        return switch (request.method()) {
            case "GET", "HEAD" ->
                jobs.failures(volume, id, FailuresPage.of(request.target())).thenApply(AdminHandler::ok);
            default -> AdminHandler.otherMethod(request, LOOK);
        };
    }
}
