package io.mortar.gateway.admin;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.client.namespace.PlanningClient;
import io.mortar.client.session.PoolClient;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.request.GatewayRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers {@code /api/v1/jobs} and {@code /api/v1/volumes/{volume}/jobs/...}. */
final class JobsHandler {
    private static final String LOOK = "GET, HEAD, OPTIONS";
    private static final String LOOK_AND_ACT = "GET, HEAD, POST, OPTIONS";

    private final JobRequests jobs;
    private final PlanningClient planning;
    private final JsonBodies bodies;

    JobsHandler(PoolClient pool, JsonBodies bodies) {
        this.jobs = new JobRequests(pool.jobs(), pool.reports());
        this.planning = pool.planning();
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
        Optional<String> plan = request.target().parameter("plan");
        return bodies.read(request, StartJobJson.class)
                .thenCompose(body -> plan.isPresent() ? plan(volume, body, plan.get()) : start(volume, body));
    }

    private CompletionStage<HttpResponse> start(String volume, StartJobJson body) {
        return jobs.start(volume, body)
                .thenApply(job -> AdminHandler.ok(job)
                        .withStatus(202)
                        .addHeader(RawHeader.create(
                                "Location", AdminHandler.PREFIX + "volumes/" + volume + "/jobs/" + job.id())));
    }

    /** Whoever asks for a plan must never be given the job. */
    private CompletionStage<HttpResponse> plan(String volume, StartJobJson body, String plan) {
        VolumeName name = VolumeRequests.existing(volume);
        if (body.checkedKind() != JobKind.REBALANCE || !plan.equals("true")) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "only a rebalance can be planned, with ?plan=true: leave 'plan' out to start the job; nothing was done");
        }
        return planning.plan(name, new ProposedChange.Rebalance())
                .thenApply(PlanJson::of)
                .thenApply(AdminHandler::ok);
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
