package io.mortar.node.brick.store;

import io.mortar.core.layout.FileVersion;
import io.mortar.protocol.brick.BrickProtocol;

/** Chunks of a version that are to go, and the fence that says so: all but those that it keeps. */
record Removal(FileVersion version, Fence fence) {
    static Removal deletion(FileVersion version) {
        return new Removal(version, Fence.TOMBSTONE);
    }

    static Removal of(BrickProtocol.Drop drop) {
        KeptColumns kept = new KeptColumns(drop.seed(), drop.width(), drop.keptColumns());
        return new Removal(drop.version(), new Fence(drop.order(), kept));
    }

    /** Of two removals in one version, the one with the last word. */
    Removal latest(Removal other) {
        return other.fence.order() >= fence.order() ? other : this;
    }

    boolean concerns(int index) {
        return !fence.kept().hasChunk(index);
    }
}
