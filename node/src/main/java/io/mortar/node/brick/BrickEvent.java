package io.mortar.node.brick;

import io.mortar.core.pool.BrickId;

/** What happened to a node's bricks; stored under the tags of {@link BrickEventSerializer}. */
sealed interface BrickEvent {
    /** A directory is about to be made a brick: what is found there from now on may be this brick, half made. */
    record BrickPlanned(BrickPlan plan) implements BrickEvent {}

    record BrickAdded(BrickIdentity identity) implements BrickEvent {}

    record BrickQuarantined(BrickId brick, String reason) implements BrickEvent {}

    /** A person checked the disk and wants the brick back. */
    record BrickReinstated(BrickId brick) implements BrickEvent {}

    /** What is in the directory is about to be deleted, and must not be read any more. */
    record BrickReleasing(BrickId brick) implements BrickEvent {}

    /** The directory is not a brick, or none that could be reached. */
    record BrickReleased(BrickId brick) implements BrickEvent {}
}
