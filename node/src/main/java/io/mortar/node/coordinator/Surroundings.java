package io.mortar.node.coordinator;

import io.mortar.journal.space.DiskSpace;
import io.mortar.protocol.pool.TopologyView;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the actors of this package work with.
 *
 * @param namespace open until the actor system has stopped
 * @param space room on the file system of the namespace and the journal
 * @param clock wall clock
 * @param random safe for use by several threads
 * @param fault called when metadata cannot be read or written
 */
public record Surroundings(
        Namespace namespace,
        DiskSpace space,
        TopologyView topology,
        CoordinatorSettings settings,
        Clock clock,
        RandomGenerator random,
        FaultHandler fault) {}
