package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.core.pool.BrickId;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryState;
import io.mortar.core.volume.VolumeState;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Describes the pool and its volumes as they are now. Used by the registry's actor alone; counts of files are collected by children. */
final class RegistryReports {
    /** Sent to the registry when a child has answered. */
    record Ended() {}

    private final ActorContext<Object> context;
    private final ActorRef<VolumeControl.Request> namespace;
    private final Duration usageTimeout;
    private final Sightings sightings;
    private int openCount;

    RegistryReports(
            ActorContext<Object> context,
            ActorRef<VolumeControl.Request> namespace,
            Duration usageTimeout,
            Instant begun) {
        this.context = context;
        this.namespace = namespace;
        this.usageTimeout = usageTimeout;
        this.sightings = new Sightings(begun);
    }

    /** Reports that are not answered yet. */
    int openCount() {
        return openCount;
    }

    void ended() {
        openCount--;
    }

    /** Takes note of which nodes are away, for the texts of later reports. */
    void observe(PoolTopology topology, Instant now) {
        sightings.observe(topology, now);
    }

    void pool(RegistryHome home, RegistryState state, PoolTopology topology, ActorRef<Reply> replyTo) {
        replyTo.tell(new VolumeStatuses(topology, sightings::lostSince).pool(home, state));
    }

    /** @param prepared capacities of bricks that were prepared a moment ago */
    void volume(
            RegisteredVolume volume,
            PoolTopology topology,
            Map<BrickId, BrickCapacity> prepared,
            ActorRef<Reply> replyTo) {
        collect(
                List.of(status(volume, topology, prepared)),
                list -> new RegistryProtocol.VolumeDescribed(list.get(0)),
                replyTo);
    }

    /** All volumes, by name. */
    void volumes(RegistryState state, PoolTopology topology, ActorRef<Reply> replyTo) {
        List<VolumeStatus> statuses = state.volumes().stream()
                .sorted(Comparator.comparing(RegisteredVolume::name))
                .map(v -> status(v, topology, Map.of()))
                .toList();
        collect(statuses, RegistryProtocol.VolumesListed::new, replyTo);
    }

    private VolumeStatus status(RegisteredVolume volume, PoolTopology topology, Map<BrickId, BrickCapacity> prepared) {
        VolumeUsage usage = volume.state() == VolumeState.CREATING ? VolumeUsage.NONE : VolumeUsage.UNKNOWN;
        return new VolumeStatuses(topology, sightings::lostSince).volume(volume, usage, prepared);
    }

    private void collect(
            List<VolumeStatus> statuses, Function<List<VolumeStatus>, Reply> answer, ActorRef<Reply> replyTo) {
        context.watchWith(
                context.spawnAnonymous(VolumeReport.create(statuses, namespace, usageTimeout, answer, replyTo)),
                new Ended());
        openCount++;
    }
}
