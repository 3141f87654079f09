package io.mortar.cli.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.client.session.ClientSettings;
import io.mortar.client.session.PoolClient;
import io.mortar.gateway.server.Gateway;
import io.mortar.gateway.server.GatewaySettings;
import io.mortar.node.boot.MortarNode;
import io.mortar.node.boot.NodeExit;
import io.mortar.node.identity.StartRefusedException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Node, client and gateway in one process. */
public final class NodeProcess {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    /** Running requests get this long to end when the node is stopped. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final Duration STOP = Duration.ofSeconds(20);

    private final MortarNode node;
    private final Gateway gateway;

    private NodeProcess(MortarNode node, Gateway gateway) {
        this.node = node;
        this.gateway = gateway;
    }

    /** Runs a node until it is stopped; see {@link NodeRunner#run}. */
    public static int run(Config config) {
        NodeProcess process = start(config);
        Thread stop = new Thread(process::stop, "stop-node");
        Runtime.getRuntime().addShutdownHook(stop);
        NodeExit exit = process.node.ended().toCompletableFuture().join();
        if (exit instanceof NodeExit.TurnedAway away) {
            throw turnedAway(process.node, away);
        }
        if (exit instanceof NodeExit.Failed failed) {
            throw CommandFailedException.failed("node " + process.node.name() + " cannot go on: " + failed.reason());
        }
        if (exit instanceof NodeExit.Removed) {
            throw CommandFailedException.failed("node " + process.node.name()
                    + " was removed from the cluster, which could not reach it: start it again to bring it back.");
        }
        return ExitCode.OK.value();
    }

    private static CommandFailedException turnedAway(MortarNode node, NodeExit.TurnedAway away) {
        return CommandFailedException.failed("node " + node.name() + " was not let into the pool: " + away.reason());
    }

    private static NodeProcess start(Config config) {
        try {
            GatewaySettings http = GatewaySettings.from(config.getConfig("mortar.http"));
            ClientSettings client = ClientSettings.from(config);
            String url = http.url(InetSocketAddress.createUnresolved(http.host(), http.port()));
            MortarNode node = MortarNode.start(config, url, NodeProcess::halt);
            return new NodeProcess(node, serve(node, http, client));
        } catch (StartRefusedException | IllegalArgumentException | ConfigException e) {
            throw CommandFailedException.failed("the node cannot start: " + e.getMessage());
        }
    }

    private static Gateway serve(MortarNode node, GatewaySettings http, ClientSettings client) {
        PoolClient pool = PoolClient.start(node.system(), node.topology(), client);
        try {
            return Gateway.start(node.system(), http, pool, node.topology())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException | IllegalStateException e) {
            node.stop();
            if (node.ended().toCompletableFuture().join() instanceof NodeExit.TurnedAway away) {
                throw turnedAway(node, away);
            }
            throw CommandFailedException.failed("the node cannot listen for HTTP on " + http.host() + ":" + http.port()
                    + " (" + e.getMessage() + "): stop what uses that address, or give --http another one.");
        }
    }

    private void stop() {
        try {
            gateway.stop(DRAIN).toCompletableFuture().get(DRAIN.toSeconds() + 2, TimeUnit.SECONDS);
            node.stop();
            node.ended().toCompletableFuture().get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("node did not stop in order name={}", node.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Metadata on disk is in an unknown state: nothing may be written or answered any more, so not even shutdown hooks run. */
    private static void halt(String what, Throwable cause) {
        LOG.error("node halts: {}; restart it, and if it halts again look at its disk", what, cause);
        Runtime.getRuntime().halt(ExitCode.FAILED.value());
    }
}
