package io.mortar.protocol.wire;

import io.mortar.core.job.ProposedChange;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.MetadataProtocol;
import io.mortar.protocol.pool.RegistryProtocol;

/** The tags of all messages between nodes. {@code StoreChunk} and {@code ChunkData} are not here: {@link ChunkSerializer} has them. */
public final class WireTable {
    /** Version of the wire that this build speaks; carried by {@link JoinProtocol.Knock}. */
    public static final int WIRE_VERSION = 1;

    private WireTable() {}

    /** A new table with every tag. */
    public static Tags tags() {
        return pool(registry(outcomes(namespace(bricks(new Tags())))));
    }

    private static Tags bricks(Tags tags) {
        return tags.with("brick.read", BrickProtocol.ReadChunk.class)
                .with("brick.delete", BrickProtocol.DeleteVersions.class)
                .with("brick.fetch", BrickProtocol.FetchChunk.class)
                .with("brick.drop", BrickProtocol.DropCopies.class)
                .with("brick.verify", BrickProtocol.VerifyChunks.class)
                .with("brick.verified", BrickProtocol.ChunksVerified.class)
                .with("brick.list", BrickProtocol.ListVersions.class)
                .with("brick.listed", BrickProtocol.VersionsListed.class)
                .with("brick.not-fetched", BrickProtocol.ChunkNotFetched.class)
                .with("brick.dropped", BrickProtocol.CopiesDropped.class)
                .with("brick.stored", BrickProtocol.ChunkStored.class)
                .with("brick.deleted", BrickProtocol.VersionsDeleted.class)
                .with("brick.refused", BrickProtocol.BrickRefused.class)
                .with("brick.prepare", BrickAdminProtocol.PrepareBrick.class)
                .with("brick.check", BrickAdminProtocol.CheckBrick.class)
                .with("brick.checked", BrickAdminProtocol.BrickChecked.class)
                .with("brick.release", BrickAdminProtocol.ReleaseBrick.class)
                .with("brick.reconcile", BrickAdminProtocol.ReconcileBricks.class)
                .with("brick.prepared", BrickAdminProtocol.BrickPrepared.class)
                .with("brick.released", BrickAdminProtocol.BrickReleased.class)
                .with("brick.admin-refused", BrickAdminProtocol.BrickAdminRefused.class);
    }

    private static Tags namespace(Tags tags) {
        return tags.with("ns.ask", NamespaceProtocol.Ask.class)
                .with("ns.change", NamespaceProtocol.Change.class)
                .with("ns.renew", NamespaceProtocol.RenewLease.class)
                .with("ns.pin", NamespaceProtocol.PinVersion.class)
                .with("ns.heal", NamespaceProtocol.DescribeHealing.class)
                .with("ns.jobs", NamespaceProtocol.DescribeJobs.class)
                .with("ns.job-start", NamespaceProtocol.StartJob.class)
                .with("ns.job-control", NamespaceProtocol.ControlJob.class)
                .with("ns.plan", Query.PlanChange.class)
                .with("ns.failures", Query.ListJobFailures.class)
                .with("plan.add", ProposedChange.AddBricks.class)
                .with("plan.remove", ProposedChange.RemoveBricks.class)
                .with("plan.replace", ProposedChange.ReplaceBrick.class)
                .with("plan.replica", ProposedChange.SetReplica.class)
                .with("plan.rebalance", ProposedChange.Rebalance.class)
                .with("ns.lookup", Query.Lookup.class)
                .with("ns.lookup-version", Query.LookupVersion.class)
                .with("ns.list", Query.ListDirectory.class)
                .with("ns.open", Command.OpenWrite.class)
                .with("ns.commit", Command.CommitWrite.class)
                .with("ns.abort", Command.AbortWrite.class)
                .with("ns.damage", Command.ReportDamage.class)
                .with("ns.put", Command.PutInline.class)
                .with("ns.remove", Command.Remove.class)
                .with("ns.mkdir", Command.MakeDirectory.class)
                .with("ns.move", Command.Move.class)
                .with("ns.quota", Command.SetQuota.class)
                .with("ns.quota-remove", Command.RemoveQuota.class)
                .with("ns.quotas", Query.ListQuotas.class);
    }

    private static Tags outcomes(Tags tags) {
        return tags.with("ns.file", Outcome.FileFound.class)
                .with("ns.directory", Outcome.DirectoryFound.class)
                .with("ns.listing", Outcome.Listing.class)
                .with("ns.opened", Outcome.WriteOpened.class)
                .with("ns.written", Outcome.Written.class)
                .with("ns.aborted", Outcome.WriteAborted.class)
                .with("ns.noted", Outcome.DamageNoted.class)
                .with("ns.healing", Outcome.Healing.class)
                .with("ns.job-started", Outcome.JobStarted.class)
                .with("ns.job-changed", Outcome.JobChanged.class)
                .with("ns.jobs-listed", Outcome.JobsListed.class)
                .with("ns.failures-listed", Outcome.JobFailuresListed.class)
                .with("ns.planned", Outcome.ChangePlanned.class)
                .with("ns.removed", Outcome.Removed.class)
                .with("ns.made", Outcome.DirectoryMade.class)
                .with("ns.moved", Outcome.Moved.class)
                .with("ns.quota-set", Outcome.QuotaSet.class)
                .with("ns.quotas-listed", Outcome.QuotasListed.class)
                .with("ns.renewed", Outcome.LeaseRenewed.class)
                .with("ns.refused", Outcome.Refused.class);
    }

    private static Tags registry(Tags tags) {
        return tags.with("reg.register", RegistryProtocol.RegisterNode.class)
                .with("reg.forget", RegistryProtocol.ForgetNode.class)
                .with("reg.pool", RegistryProtocol.DescribePool.class)
                .with("reg.create", RegistryProtocol.CreateVolume.class)
                .with("reg.start", RegistryProtocol.StartVolume.class)
                .with("reg.stop", RegistryProtocol.StopVolume.class)
                .with("reg.delete", RegistryProtocol.DeleteVolume.class)
                .with("reg.add-bricks", RegistryProtocol.AddBricks.class)
                .with("reg.remove-bricks", RegistryProtocol.RemoveBricks.class)
                .with("reg.stop-removal", RegistryProtocol.StopRemoval.class)
                .with("reg.replace-brick", RegistryProtocol.ReplaceBrick.class)
                .with("reg.set-replica", RegistryProtocol.SetReplica.class)
                .with("reg.try", RegistryProtocol.TryChange.class)
                .with("reg.allowed", RegistryProtocol.ChangeAllowed.class)
                .with("reg.describe", RegistryProtocol.DescribeVolume.class)
                .with("reg.volumes", RegistryProtocol.ListVolumes.class)
                .with("reg.registered", RegistryProtocol.NodeRegistered.class)
                .with("reg.forgotten", RegistryProtocol.NodeForgotten.class)
                .with("reg.pool-described", RegistryProtocol.PoolDescribed.class)
                .with("reg.volume", RegistryProtocol.VolumeDescribed.class)
                .with("reg.volumes-listed", RegistryProtocol.VolumesListed.class)
                .with("reg.deleted", RegistryProtocol.VolumeDeleted.class)
                .with("reg.refused", RegistryProtocol.Refused.class);
    }

    private static Tags pool(Tags tags) {
        return tags.with("join.knock", JoinProtocol.Knock.class)
                .with("join.admitted", JoinProtocol.Admitted.class)
                .with("join.not-yet", JoinProtocol.NotYet.class)
                .with("join.turned-away", JoinProtocol.TurnedAway.class)
                .with("pool.announce", Announcement.class)
                .with("meta.describe", MetadataProtocol.DescribeMetadata.class)
                .with("meta.transfer", MetadataProtocol.TransferLeadership.class)
                .with("meta.described", MetadataProtocol.MetadataDescribed.class)
                .with("meta.transferred", MetadataProtocol.LeadershipTransferred.class)
                .with("meta.refused", MetadataProtocol.Refused.class);
    }
}
