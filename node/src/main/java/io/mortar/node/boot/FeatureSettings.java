package io.mortar.node.boot;

import com.typesafe.config.Config;
import io.mortar.core.registry.RegistryLimits;
import io.mortar.journal.group.GroupSettings;
import io.mortar.node.brick.BackgroundSettings;
import io.mortar.node.brick.BrickSettings;
import io.mortar.node.brick.FetchSettings;
import io.mortar.node.brick.store.StoreSettings;
import io.mortar.node.coordinator.CoordinatorSettings;
import io.mortar.node.coordinator.NamespaceCopySnapshots;
import io.mortar.node.job.JobSettings;
import io.mortar.node.job.ScrubSettings;
import io.mortar.node.metadata.MetadataSeats;
import io.mortar.node.registry.RegistrySettings;
import java.nio.file.Path;

/** The settings of the node's features, from their part of the configuration. */
record FeatureSettings(
        BrickSettings brick, CoordinatorSettings coordinator, RegistrySettings registry, GroupSettings replication) {
    static FeatureSettings from(Config config) {
        return new FeatureSettings(
                brick(config.getConfig("mortar")),
                coordinator(config.getConfig("mortar.coordinator")),
                registry(config.getConfig("mortar.registry"), config.getConfig("mortar.coordinator")),
                GroupSettings.of(config.getConfig(GroupSettings.PATH)));
    }

    private static BrickSettings brick(Config mortar) {
        Config b = mortar.getConfig("brick");
        return new BrickSettings(
                mortar.getStringList("bricks-allowed-under").stream()
                        .map(Path::of)
                        .toList(),
                b.getBytes("room-min"),
                b.getDuration("report-interval"),
                b.getDuration("prune-interval"),
                new StoreSettings(
                        b.getInt("disk-threads"),
                        b.getInt("watermark-percent"),
                        b.getBytes("watermark-max"),
                        b.getBytes("metadata-reserve"),
                        b.getDuration("tombstone-age"),
                        b.getInt("in-flight-requests-max"),
                        b.getBytes("in-flight-bytes-max")),
                new FetchSettings(
                        b.getInt("fetch.count-max"),
                        b.getBytes("fetch.bytes-max"),
                        b.getDuration("fetch.source-timeout")),
                new BackgroundSettings(
                        b.getInt("background.share-percent"),
                        b.getBytes("background.floor"),
                        b.getDuration("background.quiet")));
    }

    private static CoordinatorSettings coordinator(Config c) {
        return new CoordinatorSettings(
                new CoordinatorSettings.Batching(
                        c.getInt("batch.requests-max"),
                        Math.toIntExact(c.getBytes("batch.bytes-max")),
                        c.getInt("batch.queue-requests-max"),
                        Math.toIntExact(c.getBytes("batch.queue-bytes-max"))),
                new CoordinatorSettings.Purging(
                        c.getDuration("purge.delay"),
                        c.getDuration("purge.pin"),
                        c.getInt("purge.pin-count-max"),
                        c.getDuration("purge.interval"),
                        c.getDuration("purge.interval-max"),
                        c.getDuration("purge.answer-timeout"),
                        c.getInt("purge.versions-max")),
                persisting(c),
                new CoordinatorSettings.Copies(
                        c.getInt("min-copies"),
                        c.getBytes("heal.rate"),
                        c.getInt("heal.window"),
                        c.getDuration("heal.interval"),
                        c.getDuration("heal.interval-max"),
                        c.getDuration("heal.answer-timeout")),
                new JobSettings(
                        c.getBytes("jobs.rate"),
                        c.getBytes("jobs.reserve"),
                        c.getInt("jobs.files-max"),
                        c.getInt("jobs.chunks-max"),
                        c.getDuration("jobs.interval"),
                        c.getDuration("jobs.retry-interval"),
                        c.getDuration("jobs.step-timeout"),
                        c.getDuration("jobs.rebuild-after")),
                new ScrubSettings(
                        c.getBytes("scrub.rate"),
                        c.getDuration("scrub.interval"),
                        c.getInt("scrub.requests-max"),
                        c.getDuration("scrub.answer-timeout")),
                c.getDuration("lease"),
                c.getDuration("answer-memory"),
                c.getInt("queries-waiting-max"));
    }

    private static CoordinatorSettings.Persisting persisting(Config c) {
        String journal = c.getString("journal-plugin");
        String snapshots = c.getString("snapshot-plugin");
        boolean shared = MetadataSeats.isShared(journal, snapshots);
        return new CoordinatorSettings.Persisting(
                journal,
                shared ? NamespaceCopySnapshots.ID : snapshots,
                "mortar.coordinator.dispatcher",
                "mortar.coordinator.reader-dispatcher",
                shared ? 0 : c.getInt("checkpoint-events"),
                c.getInt("drop-rows-max"));
    }

    private static RegistrySettings registry(Config r, Config coordinator) {
        return new RegistrySettings(
                coordinator.getString("journal-plugin"),
                coordinator.getString("snapshot-plugin"),
                r.getDuration("prepare-timeout"),
                r.getDuration("release-timeout"),
                r.getDuration("usage-timeout"),
                r.getDuration("retry-interval"),
                r.getInt("requests-max"),
                new RegistryLimits(r.getInt("nodes-max"), r.getInt("volumes-max"), r.getInt("bricks-per-volume-max")));
    }
}
