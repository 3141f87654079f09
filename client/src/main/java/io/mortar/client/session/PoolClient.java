package io.mortar.client.session;

import akka.actor.typed.ActorSystem;
import io.mortar.client.file.FileStore;
import io.mortar.client.memory.TransferBudget;
import io.mortar.client.namespace.HealingClient;
import io.mortar.client.namespace.JobsClient;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.client.namespace.PlanningClient;
import io.mortar.client.namespace.QuotasClient;
import io.mortar.client.namespace.VolumeJobs;
import io.mortar.client.namespace.VolumeQuotas;
import io.mortar.client.pool.BrickSurveys;
import io.mortar.client.pool.MetadataClient;
import io.mortar.client.pool.PoolBrickSurveys;
import io.mortar.client.pool.PoolMetadataClient;
import io.mortar.client.pool.PoolRegistryClient;
import io.mortar.client.pool.RegistryClient;
import io.mortar.client.report.PoolReports;
import io.mortar.client.stripe.StripedFileStore;
import io.mortar.client.stripe.StripedReader;
import io.mortar.client.stripe.StripedWriter;
import io.mortar.client.transport.ArteryChunkTransport;
import io.mortar.client.transport.ChunkTransport;
import io.mortar.protocol.pool.TopologyView;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What front ends of a node share: its files, its registry, one budget of memory.
 *
 * @param files the files of all volumes
 * @param registry the pool's registry
 * @param metadata how its metadata is kept
 * @param healing what bricks lack
 * @param planning what changes of volumes would take
 * @param surveys what room there is for bricks that are not there yet
 * @param jobs background work of volumes
 * @param quotas what directories may hold
 * @param reports how pool and volumes are, always in time
 */
public record PoolClient(
        FileStore files,
        RegistryClient registry,
        MetadataClient metadata,
        HealingClient healing,
        PlanningClient planning,
        BrickSurveys surveys,
        JobsClient jobs,
        QuotasClient quotas,
        PoolReports reports) {
    /** At most one per actor system; it ends with the system. */
    public static PoolClient start(ActorSystem<?> system, TopologyView topology, ClientSettings settings) {
        NamespaceClient namespace =
                new NamespaceClient(system, topology, settings.namespace(), new SecureRandom().nextLong());
        ChunkTransport transport = ArteryChunkTransport.start(system, topology, settings.transport());
        TransferBudget budget =
                new TransferBudget(settings.transferBudgetBytes(), system.scheduler(), system.executionContext());
        FileStore files = new StripedFileStore(
                namespace,
                new StripedWriter(system, namespace, transport, budget, settings.stripe()),
                new StripedReader(system, topology, namespace, transport, budget, settings.stripe()));
        PoolReports reports = new PoolReports(
                new PoolRegistryClient(system, topology, settings.report()), topology, InstantSource.system());
        reports.refresh(system, settings.reportRefresh());
        return new PoolClient(
                files,
                new PoolRegistryClient(system, topology, settings.registry()),
                new PoolMetadataClient(system, topology),
                namespace::healing,
                namespace::plan,
                new PoolBrickSurveys(system, topology),
                new VolumeJobs(namespace),
                new VolumeQuotas(namespace),
                reports);
    }
}
