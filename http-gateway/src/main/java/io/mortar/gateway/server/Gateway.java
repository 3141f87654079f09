package io.mortar.gateway.server;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.stream.Materializer;
import io.mortar.client.session.PoolClient;
import io.mortar.gateway.admin.AdminHandler;
import io.mortar.gateway.files.FilesHandler;
import io.mortar.gateway.health.HealthHandler;
import io.mortar.gateway.home.HomeHandler;
import io.mortar.protocol.pool.TopologyView;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP front end of one node. */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final ServerBinding binding;

    private Gateway(ServerBinding binding) {
        this.binding = binding;
    }

    /**
     * Binds the port and begins to answer. Fails when the port cannot be bound. All parameters are used by many threads until
     * {@link #stop}.
     */
    public static CompletionStage<Gateway> start(
            ActorSystem<?> system, GatewaySettings settings, PoolClient pool, TopologyView topology) {
        Materializer materializer = Materializer.createMaterializer(system);
        Router router = new Router(
                new FilesHandler(pool.files()),
                new AdminHandler(pool, topology, version(), materializer),
                new HealthHandler(topology),
                new HomeHandler(pool.registry(), topology),
                new RefusedBodies(settings, materializer));
        return Http.get(system)
                .newServerAt(settings.host(), settings.port())
                .withSettings(ServerTuning.settings(system, settings))
                .withMaterializer(materializer)
                .bind(router::answer)
                .thenApply(Gateway::new)
                .thenApply(gateway -> gateway.announced(settings));
    }

    /** Where it listens. */
    public InetSocketAddress boundAddress() {
        return binding.localAddress();
    }

    /** Stops accepting, lets running requests end for at most {@code deadline}, then cuts them off. */
    public CompletionStage<Done> stop(Duration deadline) {
        return binding.terminate(deadline).thenApply(terminated -> {
            LOG.info("http gateway stopped: address={}", boundAddress());
            return Done.done();
        });
    }

    private Gateway announced(GatewaySettings settings) {
        InetSocketAddress bound = boundAddress();
        LOG.info("http gateway serves: address={} url={}", bound, settings.url(bound));
        if (bound.getAddress() == null || !bound.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "http gateway is open to the network without authentication: address={} next=\"set mortar.http.host to 127.0.0.1 or"
                            + " keep the port behind a firewall\"",
                    bound);
        }
        return this;
    }

    private static String version() {
        return Optional.ofNullable(Gateway.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
