package io.mortar.client.session;

import com.typesafe.config.Config;
import io.mortar.client.stripe.StripeSettings;
import io.mortar.client.transport.TransportSettings;
import io.mortar.core.volume.VolumeSpec;
import java.time.Duration;

/**
 * Settings of the client side; the keys are explained in this module's {@code reference.conf}.
 *
 * @param transferBudgetBytes memory of all transfers together
 * @param registryTimeout how long an administrative request may take
 */
public record ClientSettings(
        long transferBudgetBytes, TransportSettings transport, StripeSettings stripe, Duration registryTimeout) {
    public ClientSettings {
        if (transferBudgetBytes < 2L * VolumeSpec.STRIPE_UNIT_BYTES_MAX) {
            throw new IllegalArgumentException("mortar.memory.transfer-budget is " + transferBudgetBytes
                    + " bytes, it must hold at least two chunks of 1 MiB");
        }
    }

    /** Reads {@code mortar.memory} and {@code mortar.transfer}. */
    public static ClientSettings from(Config config) {
        Config transfer = config.getConfig("mortar.transfer");
        return new ClientSettings(
                config.getBytes("mortar.memory.transfer-budget"),
                new TransportSettings(
                        transfer.getInt("window-per-brick"),
                        transfer.getDuration("read-deadline"),
                        transfer.getDuration("store-deadline"),
                        transfer.getDuration("resend-after")),
                new StripeSettings(
                        config.getDuration("mortar.memory.admission-wait"),
                        config.getDuration("mortar.memory.permit-wait"),
                        transfer.getInt("chunks-in-flight-per-column")),
                transfer.getDuration("registry-timeout"));
    }
}
