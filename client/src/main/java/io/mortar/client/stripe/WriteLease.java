package io.mortar.client.stripe;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.stream.KillSwitch;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Renews the lease of one upload until it is stopped; ends the upload's stream when the lease is lost. */
final class WriteLease {
    private WriteLease() {}

    /** Renews three times within each lease, so that one lost answer does no harm. */
    static Cancellable keep(
            ActorSystem<?> system,
            NamespaceClient namespace,
            VolumeName volume,
            FileVersion version,
            long leaseMillis,
            KillSwitch upload) {
        Duration pause = Duration.ofMillis(Math.max(1, leaseMillis / 3));
        return system.scheduler()
                .scheduleWithFixedDelay(
                        pause,
                        pause,
                        () -> namespace.renew(volume, version).whenComplete((renewed, failure) -> {
                            if (failure != null && isLost(failure)) {
                                upload.abort(failure);
                            }
                        }),
                        system.executionContext());
    }

    private static boolean isLost(Throwable failure) {
        Throwable cause = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
        return cause instanceof RefusedException refused && refused.refusal().code() == RefusalCode.LEASE_LOST;
    }
}
