package io.mortar.node.brick;

import io.mortar.node.event.StoredRecordSerializer;
import io.mortar.protocol.wire.Tags;

/** Stores {@link BrickEvent}s. */
public final class BrickEventSerializer extends StoredRecordSerializer {
    /** Called by Akka. */
    public BrickEventSerializer() {
        super(730_120, tags());
    }

    private static Tags tags() {
        return new Tags()
                .with("brick.planned.v1", BrickEvent.BrickPlanned.class)
                .with("brick.added.v1", BrickEvent.BrickAdded.class)
                .with("brick.quarantined.v1", BrickEvent.BrickQuarantined.class)
                .with("brick.reinstated.v1", BrickEvent.BrickReinstated.class)
                .with("brick.releasing.v1", BrickEvent.BrickReleasing.class)
                .with("brick.released.v1", BrickEvent.BrickReleased.class);
    }
}
