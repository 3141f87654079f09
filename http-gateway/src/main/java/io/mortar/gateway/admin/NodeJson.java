package io.mortar.gateway.admin;

import io.mortar.core.pool.NodeName;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import org.jspecify.annotations.Nullable;

/** A node, as {@code docs/api.md} describes it. */
record NodeJson(String id, String name, String address, String url, boolean reachable, boolean metadata, int bricks) {
    static NodeJson of(NodeStatus node, @Nullable NodeName metadataNode) {
        return new NodeJson(
                node.id().toString(),
                node.name().value(),
                node.address(),
                node.httpUrl(),
                node.reachable(),
                node.name().equals(metadataNode),
                node.brickCount());
    }
}
