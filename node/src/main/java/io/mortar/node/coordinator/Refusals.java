package io.mortar.node.coordinator;

import io.mortar.core.job.JobKind;
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

    static Refusal notStartedByUsers(JobKind kind) {
        return new Refusal(
                RefusalCode.BAD_REQUEST,
                "a " + kind.word() + " job is not started by hand: it begins when the volume's bricks or copies make it"
                        + " necessary; rebalance and scrub can be started");
    }

    static Refusal notStarted(VolumeName volume) {
        return new Refusal(
                RefusalCode.VOLUME_NOT_STARTED,
                "volume '" + volume + "' is not started: `mortar volume start " + volume + "` starts it");
    }
}
