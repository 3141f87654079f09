package io.mortar.gateway.admin;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.Materializer;
import io.mortar.client.session.PoolClient;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.json.Json;
import io.mortar.gateway.problem.ProblemException;
import io.mortar.gateway.request.GatewayRequest;
import io.mortar.gateway.request.Handler;
import io.mortar.protocol.pool.TopologyView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers {@code /api/v1}; {@code docs/api.md} says how. */
public final class AdminHandler implements Handler {
    /** Prefix of all addresses that this answers. */
    public static final String PREFIX = "/api/v1/";

    private final PoolRequests pool;
    private final VolumeRequests volumes;
    private final MembershipHandler membership;
    private final MetadataRequests metadata;
    private final JobsHandler jobs;
    private final QuotasHandler quotas;
    private final JsonBodies bodies;

    /** @param version of the running software, for people */
    public AdminHandler(PoolClient pool, TopologyView topology, String version, Materializer materializer) {
        this.metadata = new MetadataRequests(pool.metadata(), topology);
        this.pool = new PoolRequests(pool.registry(), pool.reports(), topology, version);
        this.volumes = new VolumeRequests(pool.registry(), pool.reports(), pool.files(), pool.healing(), pool.jobs());
        this.bodies = new JsonBodies(materializer);
        this.membership = new MembershipHandler(pool, bodies);
        this.jobs = new JobsHandler(pool, bodies);
        this.quotas = new QuotasHandler(pool.quotas(), bodies);
    }

    @Override
    public CompletionStage<HttpResponse> handle(GatewayRequest request) {
        List<String> segments = request.target().segmentsAfter(PREFIX);
        String noun = segments.isEmpty() ? "" : segments.get(0);
        return switch (noun) {
            case "pool" -> segments.size() == 1 ? pool(request) : unknown(request);
            case "nodes" -> nodes(request, segments);
            case "meta" -> meta(request, segments);
            case "jobs" -> segments.size() == 1 ? jobs.all(request) : unknown(request);
            case "volumes" -> volumes(request, segments);
            default -> unknown(request);
        };
    }

    private CompletionStage<HttpResponse> pool(GatewayRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> pool.pool().thenApply(AdminHandler::ok);
            default -> otherMethod(request, "GET, HEAD, OPTIONS");
        };
    }

    private CompletionStage<HttpResponse> nodes(GatewayRequest request, List<String> segments) {
        if (segments.size() == 1) {
            return switch (request.method()) {
                case "GET", "HEAD" -> pool.nodes().thenApply(list -> ok(Map.of("nodes", list)));
                default -> otherMethod(request, "GET, HEAD, OPTIONS");
            };
        }
        if (segments.size() == 2) {
            return switch (request.method()) {
                case "DELETE" -> pool.forget(segments.get(1)).thenApply(forgotten -> noContent());
                default -> otherMethod(request, "DELETE, OPTIONS");
            };
        }
        return unknown(request);
    }

    private CompletionStage<HttpResponse> meta(GatewayRequest request, List<String> segments) {
        if (segments.size() == 1) {
            return switch (request.method()) {
                case "GET", "HEAD" -> metadata.describe().thenApply(AdminHandler::ok);
                default -> otherMethod(request, "GET, HEAD, OPTIONS");
            };
        }
        if (segments.size() == 2 && segments.get(1).equals("transfer")) {
            if (!request.method().equals("POST")) {
                return otherMethod(request, "POST, OPTIONS");
            }
            JsonBodies.requireJson(request);
            return bodies.read(request, TransferJson.class)
                    .thenCompose(metadata::transfer)
                    .thenApply(transferred -> noContent());
        }
        return unknown(request);
    }

    private CompletionStage<HttpResponse> volumes(GatewayRequest request, List<String> segments) {
        if (segments.size() == 1) {
            return switch (request.method()) {
                case "GET", "HEAD" -> volumes.list().thenApply(AdminHandler::ok);
                case "POST" -> create(request);
                default -> otherMethod(request, "GET, HEAD, POST, OPTIONS");
            };
        }
        String volume = segments.get(1);
        if (segments.size() == 2) {
            return switch (request.method()) {
                case "GET", "HEAD" -> volumes.describe(volume).thenApply(AdminHandler::ok);
                case "PATCH" -> membership.change(request, volume);
                case "DELETE" -> volumes.delete(volume).thenApply(deleted -> noContent());
                default -> otherMethod(request, "GET, HEAD, PATCH, DELETE, OPTIONS");
            };
        }
        if (segments.get(2).equals("bricks")) {
            return membership.bricks(request, volume, segments.subList(3, segments.size()));
        }
        if (segments.get(2).equals("jobs")) {
            return jobs.ofVolume(request, volume, segments.subList(3, segments.size()));
        }
        return segments.size() == 3 ? ofVolume(request, volume, segments.get(2)) : unknown(request);
    }

    private CompletionStage<HttpResponse> ofVolume(GatewayRequest request, String volume, String verb) {
        return switch (verb) {
            case "start", "stop" -> {
                if (!request.method().equals("POST")) {
                    yield otherMethod(request, "POST, OPTIONS");
                }
                JsonBodies.requireJson(request);
                yield (verb.equals("start") ? volumes.start(volume) : volumes.stop(volume)).thenApply(AdminHandler::ok);
            }
            case "quotas" -> quotas.handle(request, volume);
            case "heal" ->
                switch (request.method()) {
                    case "GET", "HEAD" -> volumes.healing(volume).thenApply(AdminHandler::ok);
                    default -> otherMethod(request, "GET, HEAD, OPTIONS");
                };
            case "stat" ->
                switch (request.method()) {
                    case "GET", "HEAD" ->
                        volumes.stat(volume, request.target().parameter("path")).thenApply(AdminHandler::ok);
                    default -> otherMethod(request, "GET, HEAD, OPTIONS");
                };
            default -> unknown(request);
        };
    }

    private CompletionStage<HttpResponse> create(GatewayRequest request) {
        JsonBodies.requireJson(request);
        return bodies.read(request, CreateVolumeJson.class)
                .thenCompose(volumes::create)
                .thenApply(volume -> ok(volume)
                        .withStatus(201)
                        .addHeader(RawHeader.create("Location", PREFIX + "volumes/" + volume.name())));
    }

    static CompletionStage<HttpResponse> otherMethod(GatewayRequest request, String allow) {
        if (request.method().equals("OPTIONS")) {
            return CompletableFuture.completedStage(noContent().addHeader(RawHeader.create("Allow", allow)));
        }
        throw ProblemException.methodNotAllowed(request.method(), allow);
    }

    private static CompletionStage<HttpResponse> unknown(GatewayRequest request) {
        throw notFound(request);
    }

    static RefusedException notFound(GatewayRequest request) {
        return new RefusedException(
                RefusalCode.NOT_FOUND,
                "the API has nothing at " + request.target().path() + ": see docs/api.md");
    }

    static HttpResponse ok(Object body) {
        return HttpResponse.create()
                .addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(body)));
    }

    static HttpResponse noContent() {
        return HttpResponse.create().withStatus(204);
    }
}
