package io.mortar.gateway.admin;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import io.mortar.client.pool.RegistryClient;
import io.mortar.client.report.PoolReports;
import io.mortar.client.session.PoolClient;
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

    MembershipHandler(PoolClient pool, JsonBodies bodies) {
        this.registry = pool.registry();
        this.reports = pool.reports();
        this.bodies = bodies;
        this.changes = new ProvenChanges(pool);
    }

    /** @param segments behind {@code bricks} */
    CompletionStage<HttpResponse> bricks(GatewayRequest request, String volume, List<String> segments) {
        return switch (String.join("/", segments)) {
            case "" -> post(request, () -> add(request, volume));
            case "remove" -> post(request, () -> remove(request, volume));
            case "remove/stop" -> post(request, () -> stopRemoval(request, volume));
            case "replace" -> post(request, () -> replace(request, volume));
            default -> throw AdminHandler.notFound(request);
        };
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
        return bodies.read(request, BricksJson.class)
                .thenCompose(body -> madeOrPlanned(request, ChangeRequest.add(volume, body.checked()), 200));
    }

    private CompletionStage<HttpResponse> remove(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, BricksJson.class)
                .thenCompose(body -> provenOrPlanned(request, ChangeRequest.remove(volume, body.checked())));
    }

    private CompletionStage<HttpResponse> stopRemoval(GatewayRequest request, String name) {
        if (request.target().parameter("plan").isPresent()) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "the end of a removal cannot be planned: leave 'plan' out; nothing was done");
        }
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, BricksJson.class).thenCompose(body -> {
            List<BrickLocation> bricks = body.checked();
            return answered(200, replyTo -> new RegistryProtocol.StopRemoval(volume, bricks, replyTo));
        });
    }

    private CompletionStage<HttpResponse> replace(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return bodies.read(request, ReplaceBrickJson.class)
                .thenCompose(body -> madeOrPlanned(request, ChangeRequest.replace(volume, body.checked()), 202));
    }

    /** The answer to {@code PATCH} of a volume. */
    CompletionStage<HttpResponse> change(GatewayRequest request, String name) {
        VolumeName volume = VolumeRequests.existing(name);
        JsonBodies.requireJson(request);
        return bodies.read(request, ChangeVolumeJson.class)
                .thenCompose(body -> provenOrPlanned(request, ChangeRequest.replica(volume, body.checkedReplica())));
    }

    private CompletionStage<HttpResponse> madeOrPlanned(GatewayRequest request, ChangeRequest change, int status) {
        return isPlanOnly(request) ? plan(change) : answered(status, change.message()::apply);
    }

    /** Has the change made if there is room for all files. */
    private CompletionStage<HttpResponse> provenOrPlanned(GatewayRequest request, ChangeRequest change) {
        return isPlanOnly(request)
                ? plan(change)
                : changes.prove(change).thenCompose(proven -> answered(202, change.message()::apply));
    }

    private CompletionStage<HttpResponse> plan(ChangeRequest change) {
        return changes.plan(change).thenApply(PlanJson::of).thenApply(AdminHandler::ok);
    }

    /** Whoever asks for a plan, if only by a word that is not understood, must never be given the change. */
    private static boolean isPlanOnly(GatewayRequest request) {
        Optional<String> plan = request.target().parameter("plan");
        if (plan.isPresent() && !plan.get().equals("true")) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "'plan' is \"" + plan.get() + "\": say true, or leave it out to have it done; nothing was done");
        }
        return plan.isPresent();
    }

    /** @param status 202 for what is not over with the answer: files are moved in the background */
    private CompletionStage<HttpResponse> answered(int status, Function<ActorRef<Reply>, Request> request) {
        return registry.ask(RegistryProtocol.VolumeDescribed.class, request)
                .thenApply(described -> AdminHandler.ok(VolumeJson.of(reports.volume(described.volume())))
                        .withStatus(status));
    }
}
