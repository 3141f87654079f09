package io.mortar.gateway.admin;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import io.mortar.client.namespace.PlanningClient;
import io.mortar.client.pool.RegistryClient;
import io.mortar.client.report.PoolReports;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import io.mortar.protocol.pool.RegistryProtocol.Request;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers {@code /api/v1/volumes/{volume}/bricks/...} and changes of a volume's shape. */
final class MembershipHandler {
    private final RegistryClient registry;
    private final PoolReports reports;
    private final JsonBodies bodies;
    private final ProvenChanges changes;

    MembershipHandler(RegistryClient registry, PoolReports reports, PlanningClient planning, JsonBodies bodies) {
        this.registry = registry;
        this.reports = reports;
        this.bodies = bodies;
        this.changes = new ProvenChanges(registry, planning);
    }

    /** @param segments behind {@code bricks} */
    CompletionStage<HttpResponse> bricks(GatewayRequest request, String volume, List<String> segments) {
        return switch (String.join("/", segments)) {
            case "" -> unplanned(request, () -> add(request, volume));
            case "remove" -> post(request, () -> remove(request, volume));
            case "remove/stop" -> unplanned(request, () -> stopRemoval(request, volume));
            case "replace" -> unplanned(request, () -> replace(request, volume));
            default -> throw AdminHandler.notFound(request);
        };
    }

    /** Whoever asks for a plan must never be given the change. */
    private static CompletionStage<HttpResponse> unplanned(
            GatewayRequest request, Supplier<CompletionStage<HttpResponse>> answer) {
        refusePlan(request);
        return post(request, answer);
    }

    private static CompletionStage<HttpResponse> post(
            GatewayRequest request, Supplier<CompletionStage<HttpResponse>> answer) {
        if (!request.method().equals("POST")) {
            return AdminHandler.otherMethod(request, "POST, OPTIONS");
        }
        JsonBodies.requireJson(request);
        return answer.get();
    }

    private CompletionStage<HttpResponse> add(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, BricksJson.class).thenCompose(body -> {
            List<BrickLocation> bricks = body.checked();
            return answered(200, replyTo -> new RegistryProtocol.AddBricks(volume, bricks, replyTo));
        });
    }

    private CompletionStage<HttpResponse> remove(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, BricksJson.class).thenCompose(body -> {
            List<BrickLocation> bricks = body.checked();
            return provenOrPlanned(
                    request,
                    changes.removal(volume, bricks),
                    "no brick of volume '" + volume + "' was removed",
                    replyTo -> new RegistryProtocol.RemoveBricks(volume, bricks, replyTo));
        });
    }

    private CompletionStage<HttpResponse> stopRemoval(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, BricksJson.class).thenCompose(body -> {
            List<BrickLocation> bricks = body.checked();
            return answered(200, replyTo -> new RegistryProtocol.StopRemoval(volume, bricks, replyTo));
        });
    }

    private CompletionStage<HttpResponse> replace(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, ReplaceBrickJson.class).thenCompose(body -> {
            ReplaceBrickJson.Checked bricks = body.checked();
            return answered(
                    202, replyTo -> new RegistryProtocol.ReplaceBrick(volume, bricks.old(), bricks.next(), replyTo));
        });
    }

    /** The answer to {@code PATCH} of a volume. */
    CompletionStage<HttpResponse> change(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        JsonBodies.requireJson(request);
        return bodies.read(request, ChangeVolumeJson.class).thenCompose(body -> {
            int replica = body.checkedReplica();
            return provenOrPlanned(
                    request,
                    changes.replica(volume, replica),
                    "the number of replicas of volume '" + volume + "' was not changed",
                    replyTo -> new RegistryProtocol.SetReplica(volume, replica, replyTo));
        });
    }

    /** Answers with the plan, or has the change made if the plan is feasible. */
    private CompletionStage<HttpResponse> provenOrPlanned(
            GatewayRequest request,
            CompletionStage<ChangePlan> plan,
            String attempt,
            Function<ActorRef<Reply>, Request> change) {
        if (request.target().parameter("plan").equals(Optional.of("true"))) {
            return plan.thenApply(PlanJson::of).thenApply(AdminHandler::ok);
        }
        return plan.thenApply(found -> ProvenChanges.feasible(found, attempt))
                .thenCompose(feasible -> answered(202, change));
    }

    private static void refusePlan(GatewayRequest request) {
        if (request.target().parameter("plan").isPresent()) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "only removals and changes of \"replica\" can be planned: leave 'plan' out; nothing was done");
        }
    }

    /** @param status 202 for what is not over with the answer: files are moved in the background */
    private CompletionStage<HttpResponse> answered(int status, Function<ActorRef<Reply>, Request> request) {
        return registry.ask(RegistryProtocol.VolumeDescribed.class, request)
                .thenApply(described -> AdminHandler.ok(VolumeJson.of(reports.volume(described.volume())))
                        .withStatus(status));
    }
}
