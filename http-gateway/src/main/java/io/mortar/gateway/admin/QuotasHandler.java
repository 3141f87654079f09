package io.mortar.gateway.admin;

import akka.http.javadsl.model.HttpResponse;
import io.mortar.client.namespace.QuotasClient;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.request.GatewayRequest;
import java.util.concurrent.CompletionStage;

/** Answers {@code /api/v1/volumes/{volume}/quotas}. */
final class QuotasHandler {
    private final QuotasClient quotas;
    private final JsonBodies bodies;

    QuotasHandler(QuotasClient quotas, JsonBodies bodies) {
        this.quotas = quotas;
        this.bodies = bodies;
    }

    CompletionStage<HttpResponse> handle(GatewayRequest request, String volume) {
        return switch (request.method()) {
            case "GET", "HEAD" -> list(VolumeRequests.existing(volume));
            case "PUT" -> set(request, VolumeRequests.existing(volume));
            case "DELETE" ->
                quotas.remove(VolumeRequests.existing(volume), path(request))
                        .thenApply(removed -> AdminHandler.noContent());
            default -> AdminHandler.otherMethod(request, "GET, HEAD, PUT, DELETE, OPTIONS");
        };
    }

    private CompletionStage<HttpResponse> list(VolumeName volume) {
        return quotas.list(volume)
                .thenApply(all -> AdminHandler.ok(new QuotaJson.ListJson(
                        volume.value(), all.stream().map(QuotaJson::of).toList())));
    }

    private CompletionStage<HttpResponse> set(GatewayRequest request, VolumeName volume) {
        VolumePath path = path(request);
        JsonBodies.requireJson(request);
        return bodies.read(request, SetQuotaJson.class)
                .thenCompose(body -> quotas.set(volume, path, body.bytesMax(), body.entriesMax()))
                .thenApply(quota -> AdminHandler.ok(QuotaJson.of(quota)));
    }

    private static VolumePath path(GatewayRequest request) {
        return VolumeRequests.path(request.target().parameter("path"), "quotas?path=/a/b");
    }
}
