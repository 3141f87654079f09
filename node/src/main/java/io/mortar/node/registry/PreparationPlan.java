package io.mortar.node.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.registry.Addition;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryCommand;
import io.mortar.core.volume.VolumeId;
import java.util.List;
import java.util.Optional;

/**
 * Bricks that are prepared together: all of a new volume, or those that a volume is given.
 *
 * @param isCreation whether the volume is new
 * @param failure the beginning of a text that says that it came to nothing
 */
record PreparationPlan(VolumeId volume, List<OwnedBrick> bricks, boolean isCreation, String failure) {
    PreparationPlan {
        bricks = List.copyOf(bricks);
    }

    static PreparationPlan creation(RegisteredVolume volume) {
        return new PreparationPlan(
                volume.id(), volume.bricks(), true, "volume '" + volume.name() + "' was not created");
    }

    /** The bricks that are being added to {@code volume}, if there are any. */
    static Optional<PreparationPlan> addition(RegisteredVolume volume) {
        Addition adding = volume.adding();
        if (adding == null) {
            return Optional.empty();
        }
        BrickId replaced = adding.replaced();
        String failure = replaced == null
                ? "no brick was added to volume '" + volume.name() + "'"
                : "brick "
                        + volume.brick(replaced)
                                .map(b -> b.location().toString())
                                .orElse(replaced.toString())
                        + " of volume '" + volume.name() + "' was not replaced";
        return Optional.of(new PreparationPlan(volume.id(), adding.bricks(), false, failure));
    }

    RegistryCommand complete() {
        return isCreation
                ? new RegistryCommand.CompleteCreation(volume)
                : new RegistryCommand.CompleteAddition(volume, ids());
    }

    RegistryCommand rollBack(String reason) {
        return isCreation
                ? new RegistryCommand.RollBackCreation(volume, reason)
                : new RegistryCommand.RollBackAddition(volume, ids(), reason);
    }

    private List<BrickId> ids() {
        return bricks.stream().map(OwnedBrick::id).toList();
    }
}
