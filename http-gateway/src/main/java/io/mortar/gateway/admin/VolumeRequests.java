package io.mortar.gateway.admin;

import io.mortar.client.file.FileStore;
import io.mortar.client.namespace.HealingClient;
import io.mortar.client.namespace.JobsClient;
import io.mortar.client.pool.RegistryClient;
import io.mortar.client.report.PoolReports;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.VolumeDescribed;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Requests about volumes. */
final class VolumeRequests {
    private final RegistryClient registry;
    private final PoolReports reports;
    private final FileStore store;
    private final HealingClient healing;
    private final JobsClient jobs;

    VolumeRequests(
            RegistryClient registry, PoolReports reports, FileStore store, HealingClient healing, JobsClient jobs) {
        this.registry = registry;
        this.reports = reports;
        this.store = store;
        this.healing = healing;
        this.jobs = jobs;
    }

    CompletionStage<VolumesJson> list() {
        return reports.volumes().thenApply(VolumesJson::of);
    }

    CompletionStage<VolumeJson> create(CreateVolumeJson body) {
        CreateVolumeJson.Checked volume = body.checked();
        return registry.ask(
                        VolumeDescribed.class,
                        replyTo -> new RegistryProtocol.CreateVolume(
                                volume.name(), volume.spec(), volume.bricks(), replyTo))
                .thenApply(described -> VolumeJson.of(reports.volume(described.volume())));
    }

    CompletionStage<VolumeJson> describe(String name) {
        VolumeName volume = existing(name);
        return reports.volume(volume).thenApply(VolumeJson::of);
    }

    CompletionStage<VolumeJson> start(String name) {
        VolumeName volume = existing(name);
        return registry.ask(VolumeDescribed.class, replyTo -> new RegistryProtocol.StartVolume(volume, replyTo))
                .thenApply(described -> VolumeJson.of(reports.volume(described.volume())));
    }

    CompletionStage<VolumeJson> stop(String name) {
        VolumeName volume = existing(name);
        return registry.ask(VolumeDescribed.class, replyTo -> new RegistryProtocol.StopVolume(volume, replyTo))
                .thenApply(described -> VolumeJson.of(reports.volume(described.volume())));
    }

    CompletionStage<RegistryProtocol.VolumeDeleted> delete(String name) {
        VolumeName volume = existing(name);
        return registry.ask(
                RegistryProtocol.VolumeDeleted.class, replyTo -> new RegistryProtocol.DeleteVolume(volume, replyTo));
    }

    CompletionStage<HealJson> healing(String name) {
        VolumeName volume = existing(name);
        return healing.describe(volume)
                .thenCombine(jobs.list(volume), (found, listed) -> HealJson.of(name, found, listed));
    }

    CompletionStage<StatJson> stat(String name, Optional<String> path) {
        VolumeName volume = existing(name);
        VolumePath file = path(path, "stat?path=/a/b");
        return store.lookup(volume, file).thenApply(found -> StatJson.of(volume, file, found));
    }

    /** The path that a request must give; {@code example} of one that does is for the refusal. */
    static VolumePath path(Optional<String> given, String example) {
        String text = given.orElseThrow(
                () -> new RefusedException(RefusalCode.BAD_REQUEST, "no path is given: say " + example));
        try {
            return VolumePath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.BAD_PATH, "the path '" + text + "' is refused: " + e.getMessage());
        }
    }

    static VolumeName existing(String name) {
        if (!VolumeName.isValid(name)) {
            throw new RefusedException(
                    RefusalCode.VOLUME_NOT_FOUND, "there is no volume '" + name + "': see 'mortar volume list'");
        }
        return new VolumeName(name);
    }
}
