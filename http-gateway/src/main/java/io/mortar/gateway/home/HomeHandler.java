package io.mortar.gateway.home;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.client.pool.RegistryClient;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeState;
import io.mortar.gateway.listing.Html;
import io.mortar.gateway.listing.ListingHtml;
import io.mortar.gateway.problem.Failures;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.Handler;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.TopologyView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers {@code /}: which node this is, and its volumes with links to their files. */
public final class HomeHandler implements Handler {
    private static final String ALLOW = "GET, HEAD";

    private final RegistryClient registry;
    private final TopologyView topology;

    public HomeHandler(RegistryClient registry, TopologyView topology) {
        this.registry = registry;
        this.topology = topology;
    }

    @Override
    public CompletionStage<HttpResponse> handle(GatewayRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw ProblemException.methodNotAllowed(request.method(), ALLOW);
        }
        return registry.ask(RegistryProtocol.VolumesListed.class, RegistryProtocol.ListVolumes::new)
                .thenApply(listed -> table(listed.volumes()))
                .exceptionallyCompose(HomeHandler::explained)
                .thenApply(this::page);
    }

    private static CompletionStage<String> explained(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause instanceof RefusedException refused
                ? CompletableFuture.completedStage("<p>The volumes cannot be listed: "
                        + Html.escape(refused.refusal().text()) + "</p>\n")
                : CompletableFuture.failedStage(cause);
    }

    private static String table(List<VolumeStatus> volumes) {
        if (volumes.isEmpty()) {
            return "<p>There are no volumes yet.</p>\n";
        }
        StringBuilder table = new StringBuilder(
                "<table><tr><th>Volume</th><th>State</th><th class=\"n\">Files</th><th class=\"n\">Stored</th></tr>\n");
        volumes.stream().sorted(Comparator.comparing(VolumeStatus::name)).forEach(volume -> {
            String name = Html.escape(volume.name().value());
            table.append("<tr><td>")
                    .append(
                            volume.state() == VolumeState.STARTED
                                    ? "<a href=\"" + ListingHtml.address(volume.name(), VolumePath.ROOT) + "\">" + name
                                            + "</a>"
                                    : name)
                    .append("</td><td>")
                    .append(volume.state().name().toLowerCase(Locale.ROOT))
                    .append("</td><td class=\"n\">")
                    .append(volume.usage().fileCount())
                    .append("</td><td class=\"n\">")
                    .append(Html.size(volume.usage().storedBytes()))
                    .append("</td></tr>\n");
        });
        return table.append("</table>\n").toString();
    }

    private HttpResponse page(String volumes) {
        PoolTopology now = topology.current();
        PoolTopology.Node self = now.nodes().get(now.self());
        String title = "Mortar node "
                + (self == null ? now.self().toString() : self.name().value());
        return HttpResponse.create()
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("Content-Security-Policy", Html.CONTENT_SECURITY_POLICY))
                .withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, Html.page(title, volumes)));
    }
}
