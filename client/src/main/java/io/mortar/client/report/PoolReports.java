package io.mortar.client.report;

import akka.actor.typed.ActorSystem;
import io.mortar.client.pool.MetadataNode;
import io.mortar.client.pool.RegistryClient;
import io.mortar.core.health.Reason;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reports that come in time: from the registry, and while it is away or mute from what this node sees now and the registry said last.
 * Safe for use by several threads.
 */
public final class PoolReports {
    private final RegistryClient registry;
    private final TopologyView topology;
    private final InstantSource clock;
    private final LastKnown known = new LastKnown();

    /** @param registry one that gives up soon: how long it waits is how long a report takes at most */
    public PoolReports(RegistryClient registry, TopologyView topology, InstantSource clock) {
        this.registry = registry;
        this.topology = topology;
        this.clock = clock;
    }

    /** Has itself told of nodes and volumes every {@code interval}, so that they are known when the registry is away. */
    public void refresh(ActorSystem<?> system, Duration interval) {
        system.scheduler()
                .scheduleWithFixedDelay(
                        interval,
                        interval,
                        () -> {
                            pool();
                            volumes();
                        },
                        system.executionContext());
    }

    /** The nodes of the pool. */
    public CompletionStage<PoolReport> pool() {
        return registry.ask(RegistryProtocol.PoolDescribed.class, RegistryProtocol.DescribePool::new)
                .handle((described, failure) -> described == null ? seenPool(away(failure)) : pool(described));
    }

    /** All volumes. */
    public CompletionStage<VolumesReport> volumes() {
        return registry.ask(RegistryProtocol.VolumesListed.class, RegistryProtocol.ListVolumes::new)
                .handle((listed, failure) -> listed == null ? seenVolumes(away(failure)) : volumes(listed.volumes()));
    }

    /** One volume; fails with the registry's refusal when that is away and this node has not heard of the volume. */
    public CompletionStage<VolumeReport> volume(VolumeName name) {
        return registry.ask(
                        RegistryProtocol.VolumeDescribed.class,
                        replyTo -> new RegistryProtocol.DescribeVolume(name, replyTo))
                .handle((described, failure) ->
                        described == null ? seenVolume(name, away(failure)) : volume(described.volume()));
    }

    /** The report of what the registry said a moment ago. */
    public VolumeReport volume(VolumeStatus status) {
        known.volume(status);
        return new VolumeReport(status, VolumeReasons.of(status), Origin.registry(clock.instant()));
    }

    private PoolReport pool(RegistryProtocol.PoolDescribed described) {
        known.nodes(described.nodes(), clock.instant());
        return new PoolReport(
                described.pool(),
                described.metadataNode(),
                described.nodes().stream()
                        .sorted(Comparator.comparing(RegistryProtocol.NodeStatus::name))
                        .toList(),
                PoolReasons.of(described.nodes()),
                Origin.registry(clock.instant()));
    }

    private PoolReport seenPool(Refusal why) {
        PoolTopology now = topology.current();
        Origin origin = Origin.ownView(known.nodesKnown());
        List<RegistryProtocol.NodeStatus> nodes = new OwnView(now).nodes(known.nodes());
        List<Reason> reasons = new ArrayList<>();
        reasons.add(PoolReasons.unavailable(why, origin));
        reasons.addAll(PoolReasons.of(nodes));
        return new PoolReport(now.pool(), now.metadataNode(), nodes, reasons, origin);
    }

    private VolumesReport volumes(List<VolumeStatus> statuses) {
        known.volumes(statuses, clock.instant());
        Origin origin = Origin.registry(clock.instant());
        return new VolumesReport(reports(statuses, Function.identity(), List.of(), origin), List.of(), origin);
    }

    private VolumesReport seenVolumes(Refusal why) {
        Origin origin = Origin.ownView(known.volumesKnown());
        return new VolumesReport(
                reports(known.volumes(), new OwnView(topology.current())::volume, List.of(), origin),
                List.of(PoolReasons.unavailable(why, origin)),
                origin);
    }

    private VolumeReport seenVolume(VolumeName name, Refusal why) {
        VolumeStatus last = known.volume(name);
        if (last == null) {
            throw new RefusedException(why);
        }
        Origin origin = Origin.ownView(known.volumesKnown());
        return reports(
                        List.of(last),
                        new OwnView(topology.current())::volume,
                        List.of(PoolReasons.unavailable(why, origin)),
                        origin)
                .get(0);
    }

    private static List<VolumeReport> reports(
            List<VolumeStatus> statuses, Function<VolumeStatus, VolumeStatus> now, List<Reason> before, Origin origin) {
        return statuses.stream()
                .map(now)
                .sorted(Comparator.comparing(VolumeStatus::name))
                .map(status -> {
                    List<Reason> reasons = new ArrayList<>(before);
                    reasons.addAll(VolumeReasons.of(status));
                    return new VolumeReport(status, reasons, origin);
                })
                .toList();
    }

    /** Why the registry is away; throws what is no absence but an answer, or a bug. */
    private Refusal away(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RefusedException refused) {
            RefusalCode code = refused.refusal().code();
            if (code == RefusalCode.TIMED_OUT) {
                return MetadataNode.mute(topology.current()).refusal();
            }
            if (code == RefusalCode.METADATA_UNAVAILABLE) {
                return refused.refusal();
            }
            throw refused;
        }
        throw new CompletionException(cause);
    }
}
