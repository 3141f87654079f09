package io.mortar.node.brick;

/** State of one brick in its node's list. */
sealed interface BrickEntry {
    BrickPlan plan();

    record Planned(BrickPlan plan) implements BrickEntry {}

    record Active(BrickIdentity identity) implements BrickEntry {
        @Override
        public BrickPlan plan() {
            return identity.plan();
        }
    }

    record Quarantined(BrickIdentity identity, String reason) implements BrickEntry {
        @Override
        public BrickPlan plan() {
            return identity.plan();
        }
    }

    record Releasing(BrickPlan plan) implements BrickEntry {}
}
