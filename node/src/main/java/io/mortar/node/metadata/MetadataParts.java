package io.mortar.node.metadata;

import io.mortar.node.coordinator.CoordinatorSettings;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.identity.IdentityKeeper;
import io.mortar.node.registry.RegistrySettings;
import io.mortar.protocol.pool.TopologyView;

/**
 * What the metadata actors of a node are made of.
 *
 * @param address {@code host:port} under which others reach this node
 */
public record MetadataParts(
        MetadataSeat seat,
        IdentityKeeper identity,
        String address,
        TopologyView topology,
        CoordinatorSettings coordinator,
        RegistrySettings registry,
        FaultHandler fault) {}
