package io.mortar.client.session;

import com.typesafe.config.Config;
import io.mortar.client.pool.MetadataCalls;
import io.mortar.client.stripe.StripeSettings;
import io.mortar.client.transport.TransportSettings;
import io.mortar.core.volume.VolumeSpec;
import java.time.Duration;

/**
 * Settings of the client side; the keys are explained in this module's {@code reference.conf}.
 *
 * @param transferBudgetBytes memory of all transfers together
 * @param namespace how long requests about files wait for the pool's metadata
 * @param registry how long administrative requests do
 * @param report how long reports do
 * @param reportRefresh how often nodes and volumes are asked for, to be known while the metadata is away
 */
public record ClientSettings(
        long transferBudgetBytes,
        TransportSettings transport,
        StripeSettings stripe,
        MetadataCalls.Times namespace,
        MetadataCalls.Times registry,
        MetadataCalls.Times report,
        Duration reportRefresh) {
    private static final Duration REPORT_PATIENCE_MAX = Duration.ofMillis(4500);

    public ClientSettings {
        if (transferBudgetBytes < 2L * VolumeSpec.STRIPE_UNIT_BYTES_MAX) {
            throw new IllegalArgumentException("mortar.memory.transfer-budget is " + transferBudgetBytes
                    + " bytes, it must hold at least two chunks of 1 MiB");
        }
        if (report.patience().compareTo(REPORT_PATIENCE_MAX) > 0) {
            throw new IllegalArgumentException("mortar.metadata-calls.report-patience is " + report.patience()
                    + ", it must be at most " + REPORT_PATIENCE_MAX + ": reports are promised within 5 s");
        }
        if (reportRefresh.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "mortar.metadata-calls.report-refresh is " + reportRefresh + ", it must be at least 1 s");
        }
    }

    /** Reads {@code mortar.memory}, {@code mortar.transfer} and {@code mortar.metadata-calls}. */
    public static ClientSettings from(Config config) {
        Config transfer = config.getConfig("mortar.transfer");
        Config calls = config.getConfig("mortar.metadata-calls");
        Duration absenceMax = calls.getDuration("absence-max");
        Duration registryTimeout = calls.getDuration("registry-timeout");
        Duration reportPatience = calls.getDuration("report-patience");
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
                        transfer.getInt("chunks-in-flight-per-column"),
                        transfer.getDuration("copy-wait"),
                        transfer.getDuration("hedge-delay")),
                new MetadataCalls.Times(calls.getDuration("resend-after"), absenceMax, calls.getDuration("patience")),
                new MetadataCalls.Times(registryTimeout, absenceMax, registryTimeout),
                new MetadataCalls.Times(reportPatience, calls.getDuration("report-absence-max"), reportPatience),
                calls.getDuration("report-refresh"));
    }
}
