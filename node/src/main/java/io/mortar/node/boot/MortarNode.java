package io.mortar.node.boot;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import io.mortar.core.pool.NodeName;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.identity.DataDirectory;
import io.mortar.node.identity.IdentityKeeper;
import io.mortar.node.identity.StartRefusedException;
import io.mortar.node.topology.PublishedTopology;
import io.mortar.protocol.pool.TopologyView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node, without its front ends. One per data directory; several may run in one process, at different addresses.
 */
public final class MortarNode {
    /** Name of the actor system; part of every actor's address, so all nodes of a pool share it. */
    private static final String SYSTEM = "mortar";

    private static final Logger LOG = LoggerFactory.getLogger(MortarNode.class);

    private final ActorSystem<?> system;
    private final NodeParts parts;
    private final CompletableFuture<NodeExit> ended;

    private MortarNode(ActorSystem<?> system, NodeParts parts, CompletableFuture<NodeExit> ended) {
        this.system = system;
        this.parts = parts;
        this.ended = ended;
    }

    /**
     * Starts a node; it joins its pool in the background. Throws {@link StartRefusedException} when it must not start: the message is
     * for the person who started it.
     *
     * @param config made by {@link NodeConfiguration#complete}
     * @param httpUrl where the node's gateway is reached, for other nodes to tell users
     * @param fault ends the process; called when metadata could not be written
     */
    public static MortarNode start(Config config, String httpUrl, FaultHandler fault) {
        NodeSettings settings = settings(config);
        DataDirectory directory = DataDirectory.open(settings.dataDirectory());
        try {
            IdentityKeeper identity = IdentityKeeper.open(directory, settings.name(), MortarNode::hostName);
            NodeParts parts = new NodeParts(
                    settings,
                    directory.path(),
                    identity,
                    httpUrl,
                    new PublishedTopology(identity.get().node()),
                    new NodeFaults(fault, new CompletableFuture<>()));
            LOG.info(
                    "node starting name={} nodeId={} address={} dataDir={}",
                    identity.get().name(),
                    identity.get().node(),
                    settings.address(),
                    directory.path());
            return run(config, parts, directory);
        } catch (IOException e) {
            close(directory);
            throw new StartRefusedException("data directory " + directory.path() + " cannot be used: " + e, e);
        } catch (RuntimeException e) {
            close(directory);
            throw e;
        }
    }

    private static MortarNode run(Config config, NodeParts parts, DataDirectory directory) {
        Config withDirectory = config.withValue(
                "mortar.journal.local.dir",
                ConfigValueFactory.fromAnyRef(
                        parts.dataDirectory().resolve("journal").toString()));
        ActorSystem<?> system = ActorSystem.create(Guardian.create(parts), SYSTEM, withDirectory);
        CompletableFuture<NodeExit> ended = new CompletableFuture<>();
        system.getWhenTerminated().whenComplete((done, failure) -> {
            close(directory);
            parts.exit().complete(new NodeExit.Removed());
            ended.complete(parts.exit().join());
        });
        return new MortarNode(system, parts, ended);
    }

    public ActorSystem<?> system() {
        return system;
    }

    public NodeName name() {
        return parts.identity().get().name();
    }

    /** The node's picture of the pool, kept up to date. */
    public TopologyView topology() {
        return parts.topology();
    }

    /** Completes when the node has ended and its files are closed. */
    public CompletionStage<NodeExit> ended() {
        return ended;
    }

    /** Leaves the cluster and stops; {@link #ended} completes after it. */
    public CompletionStage<Done> stop() {
        parts.exit().complete(new NodeExit.Stopped());
        return CoordinatedShutdown.get(Adapter.toClassic(system)).runAll(NodeStopReason.ASKED);
    }

    private enum NodeStopReason implements CoordinatedShutdown.Reason {
        ASKED
    }

    private static NodeSettings settings(Config config) {
        try {
            return NodeSettings.from(config);
        } catch (ConfigException | IllegalArgumentException e) {
            throw new StartRefusedException("the configuration cannot be used: " + e.getMessage(), e);
        }
    }

    private static NodeName hostName() {
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            String name = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
            if (NodeName.isValid(name)) {
                return new NodeName(name);
            }
            throw new StartRefusedException(
                    "the machine's host name '" + host + "' cannot be a node's name: give one with --name");
        } catch (UnknownHostException e) {
            throw new StartRefusedException("the machine has no host name: give the node a name with --name", e);
        }
    }

    private static void close(DataDirectory directory) {
        try {
            directory.close();
        } catch (IOException e) {
            LOG.warn("data directory could not be unlocked dir={}", directory.path(), e);
        }
    }
}
