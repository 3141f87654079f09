package io.mortar.node.topology;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.protocol.brick.BrickAdminProtocol;

/**
 * What a node says of itself that does not change while it runs.
 *
 * @param address {@code host:port} of the cluster transport, as others reach it
 */
public record LocalFacts(
        NodeId node, NodeName name, String address, String httpUrl, ActorRef<BrickAdminProtocol.Request> brickKeeper) {}
