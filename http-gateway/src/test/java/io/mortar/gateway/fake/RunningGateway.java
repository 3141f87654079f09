package io.mortar.gateway.fake;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.ConfigFactory;
import io.mortar.client.report.PoolReports;
import io.mortar.client.session.PoolClient;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.JobPace;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.gateway.server.Gateway;
import io.mortar.gateway.server.GatewaySettings;
import io.mortar.protocol.pool.PoolTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A gateway over fakes on a free port of the loopback address, and a client. */
public final class RunningGateway implements AutoCloseable {
    public static final NodeId SELF = new NodeId(new UUID(1, 1));
    public static final PoolId POOL = new PoolId(new UUID(2, 2));

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString(
                    "akka { loglevel = WARNING, loggers-dispatcher = \"akka.actor.default-dispatcher\" }")
            .withFallback(ConfigFactory.load()));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    public final InMemoryFileStore store = new InMemoryFileStore(kit.system());
    public final FakeRegistry registry = new FakeRegistry(kit.system());
    public final FakeMetadata metadata = new FakeMetadata();
    public final FakeJobs jobs = new FakeJobs();
    public final FakeQuotas quotas = new FakeQuotas();
    public volatile CompletionStage<Outcome.Healing> healing =
            CompletableFuture.completedStage(new Outcome.Healing(List.of()));
    public final Queue<ProposedChange> planned = new ConcurrentLinkedQueue<>();
    public volatile CompletionStage<ChangePlan> plan = CompletableFuture.completedStage(
            new ChangePlan(3, 4096, 0, 0, "", 7, List.of(), List.of(), 0, 0, new JobPace(100, 0)));
    public volatile CompletionStage<List<BrickState>> surveys = CompletableFuture.completedStage(List.of());
    public volatile PoolTopology topology = topology(kit.system(), true);
    private final Gateway gateway;

    public RunningGateway() {
        gateway = start(SETTINGS);
    }

    private static final GatewaySettings SETTINGS =
            new GatewaySettings("127.0.0.1", 0, "", 64, 1024 * 1024, Duration.ofSeconds(2), Duration.ofSeconds(20));

    public Gateway start(GatewaySettings settings) {
        try {
            return Gateway.start(
                            kit.system(),
                            settings,
                            new PoolClient(
                                    store,
                                    registry,
                                    metadata,
                                    volume -> healing,
                                    (volume, change) -> {
                                        planned.add(change);
                                        return plan;
                                    },
                                    allowed -> surveys,
                                    jobs,
                                    quotas,
                                    new PoolReports(registry, () -> topology, InstantSource.system())),
                            () -> topology)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static PoolTopology topology(ActorSystem<?> system, boolean ready) {
        PoolTopology.Node self = new PoolTopology.Node(
                SELF, new NodeName("bt1"), "127.0.0.1:2551", "http://127.0.0.1:8080", true, system.deadLetters());
        return new PoolTopology(
                SELF,
                ready ? POOL : null,
                ready ? new NodeName("bt1") : null,
                ready ? system.deadLetters() : null,
                ready ? system.deadLetters() : null,
                Map.of(SELF, self),
                Map.of());
    }

    public ActorSystem<?> system() {
        return kit.system();
    }

    public int port() {
        return gateway.boundAddress().getPort();
    }

    public URI uri(String target) {
        return URI.create("http://127.0.0.1:" + port() + target);
    }

    public HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(uri(target)).timeout(Duration.ofSeconds(20));
    }

    public HttpResponse<String> get(String target, String... headers) {
        HttpRequest.Builder builder = request(target);
        return send(headers.length == 0 ? builder : builder.headers(headers));
    }

    public HttpResponse<String> send(String method, String target, byte[] body, String... headers) {
        HttpRequest.Builder builder = request(target).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? builder : builder.headers(headers));
    }

    public HttpResponse<String> send(String method, String target, String... headers) {
        HttpRequest.Builder builder = request(target).method(method, HttpRequest.BodyPublishers.noBody());
        return send(headers.length == 0 ? builder : builder.headers(headers));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public RawConnection raw() {
        return new RawConnection(port());
    }

    public RawConnection raw(Gateway other) {
        return new RawConnection(other.boundAddress().getPort());
    }

    @Override
    public void close() {
        gateway.stop(Duration.ofSeconds(1)).toCompletableFuture().join();
        kit.shutdownTestKit();
    }
}
