package io.mortar.gateway.server;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.problem.ProblemResponses;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.Handler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the feature that answers a request by the beginning of its path, and turns whatever fails there into a problem. */
final class Router {
    private final Handler files;
    private final Handler admin;
    private final Handler health;
    private final Handler home;
    private final RefusedBodies refusedBodies;

    Router(Handler files, Handler admin, Handler health, Handler home, RefusedBodies refusedBodies) {
        this.files = files;
        this.admin = admin;
        this.health = health;
        this.home = home;
        this.refusedBodies = refusedBodies;
    }

    /** Never fails and never throws. */
    CompletionStage<HttpResponse> answer(HttpRequest http) {
        GatewayRequest request;
        try {
            request = GatewayRequest.of(http);
        } catch (RuntimeException e) {
            return CompletableFuture.completedStage(ProblemResponses.of(e));
        }
        CompletionStage<HttpResponse> answer;
        try {
            answer = route(request).handle(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.completedStage(ProblemResponses.of(e));
        }
        return answer.exceptionally(ProblemResponses::of)
                .thenApply(response -> request.method().equals("HEAD") ? HeadLength.addedTo(response) : response)
                .thenCompose(response -> refusedBodies.readBefore(response, request));
    }

    private Handler route(GatewayRequest request) {
        String path = request.target().path();
        if (path.startsWith("/files/")) {
            return files;
        }
        if (path.startsWith("/api/v1/")) {
            return admin;
        }
        if (path.startsWith("/health/")) {
            return health;
        }
        if (path.equals("/")) {
            return home;
        }
        throw new RefusedException(
                RefusalCode.NOT_FOUND,
                "there is nothing at " + path + ": files are at /files/VOLUME/PATH, the API is at /api/v1/");
    }
}
