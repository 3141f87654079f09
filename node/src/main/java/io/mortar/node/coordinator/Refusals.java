package io.mortar.node.coordinator;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;

/** Refusals that several actors of this package give. */
final class Refusals {
    private Refusals() {}

    static Refusal notFound(VolumeName volume) {
        return new Refusal(
                RefusalCode.VOLUME_NOT_FOUND,
                "there is no volume '" + volume + "': `mortar volume list` shows the volumes there are");
    }

    static Refusal notStarted(VolumeName volume) {
        return new Refusal(
                RefusalCode.VOLUME_NOT_STARTED,
                "volume '" + volume + "' is not started: `mortar volume start " + volume + "` starts it");
    }
}
