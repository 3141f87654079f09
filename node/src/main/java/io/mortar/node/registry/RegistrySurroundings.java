package io.mortar.node.registry;

import akka.Done;
import io.mortar.core.pool.BrickId;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.coordinator.Surroundings;
import io.mortar.protocol.pool.TopologyView;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What the registry takes from outside besides messages.
 *
 * @param space room on the file system of the journal
 * @param confirm {@link io.mortar.node.coordinator.Namespace#confirm}
 */
public record RegistrySurroundings(
        TopologyView topology,
        DiskSpace space,
        Supplier<CompletionStage<Done>> confirm,
        Clock clock,
        Supplier<BrickId> brickIds) {

    /** What the coordinators beside it have. */
    public static RegistrySurroundings of(Surroundings coordinators) {
        return new RegistrySurroundings(
                coordinators.topology(),
                coordinators.space(),
                coordinators.namespace()::confirm,
                coordinators.clock(),
                () -> new BrickId(UUID.randomUUID()));
    }
}
