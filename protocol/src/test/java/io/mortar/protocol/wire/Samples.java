package io.mortar.protocol.wire;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.DirectoryQuota;
import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.MetadataProtocol;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A message for every tag; some tags have several, told apart by what follows a {@code ~}. */
final class Samples {
    private static final VolumeId VOLUME = new VolumeId(7);
    private static final VolumeName NAME = new VolumeName("bt-vol");
    private static final FileVersion VERSION = new FileVersion(VOLUME, 0x1122334455L, 42);
    private static final BrickId BRICK = new BrickId(uuid(1));
    private static final BrickLocation LOCATION = new BrickLocation(new NodeName("bt1"), "/srv/brick");
    private static final PoolId POOL = new PoolId(uuid(2));
    private static final NodeId NODE = new NodeId(uuid(3));
    private static final NodeName NODE_NAME = new NodeName("bt1");
    private static final BrickCapacity CAPACITY =
            new BrickCapacity(10_000_000_000L, 1_000_000L, 9_999_000_000L, 544_000_000L, "b7/8:1");
    private static final VolumeSpec SPEC = new VolumeSpec(3, 1, 1 << 20);
    private static final Refusal REFUSAL =
            new Refusal(RefusalCode.NO_SPACE, "brick bt1:/srv/brick is full: add a brick");
    private static final Striping STRIPING =
            new Striping(new Layout(5, 1, List.of(BRICK, new BrickId(uuid(4))), 2), -3, 1 << 20);
    private static final VolumePath PATH = VolumePath.parse("photos/überall 1.jpg");
    private static final WriteCondition CONDITION = new WriteCondition(
            true, false, List.of(new ETag("7-1-2"), new ETag("7-1-3")), List.of(), 1_700_000_000_000L);

    private final ActorRefResolver refs;
    private final Map<String, Record> all = new LinkedHashMap<>();

    private Samples(ActorRefResolver refs) {
        this.refs = refs;
        bricks();
        commands();
        outcomes();
        all.putAll(JobSamples.all(ref("http/7#19")));
        registry();
        pool();
    }

    /** By name; the name up to a {@code ~} is the tag. */
    static Map<String, Record> all(ActorRefResolver refs) {
        return new Samples(refs).all;
    }

    private static UUID uuid(int number) {
        return new UUID(0x0123456789abcdefL, number);
    }

    private <T> ActorRef<T> ref(String path) {
        return refs.resolveActorRef("akka://mortar/user/" + path);
    }

    private void bricks() {
        ActorRef<BrickProtocol.Reply> reply = ref("reader#17");
        all.put(
                "brick.read",
                new BrickProtocol.ReadChunk(1, new ChunkId(VERSION, 3, 0), 65_536, 131_072, reply, false));
        all.put("brick.delete", new BrickProtocol.DeleteVersions(2, List.of(VERSION), reply));
        ChunkId chunk = new ChunkId(VERSION, 3, 0);
        all.put("brick.fetch", new BrickProtocol.FetchChunk(7, chunk, 65_536, 9, List.of(ref("bricks/b#22")), reply));
        BrickProtocol.Drop drop = new BrickProtocol.Drop(VERSION, 10, -3, 4, List.of(1, 3));
        all.put("brick.drop", new BrickProtocol.DropCopies(8, List.of(drop), reply));
        all.put("brick.not-fetched", new BrickProtocol.ChunkNotFetched(7, REFUSAL));
        all.put("brick.verify", new BrickProtocol.VerifyChunks(9, VERSION, List.of(0, 3), List.of(65_536, 5), reply));
        all.put("brick.verified", new BrickProtocol.ChunksVerified(9, List.of(3), List.of(0), 1L << 33));
        all.put("brick.list", new BrickProtocol.ListVersions(10, VOLUME, "rows/7-1-2", 100, reply));
        all.put("brick.listed", new BrickProtocol.VersionsListed(10, List.of(VERSION), "88fe"));
        all.put("brick.dropped", new BrickProtocol.CopiesDropped(8));
        all.put("brick.stored", new BrickProtocol.ChunkStored(Long.MAX_VALUE));
        all.put("brick.deleted", new BrickProtocol.VersionsDeleted(-1));
        all.put("brick.refused", new BrickProtocol.BrickRefused(3, REFUSAL));
        all.put(
                "chunk.store",
                new BrickProtocol.StoreChunk(
                        4, new ChunkId(VERSION, 1, 2), List.of(5, -6), ByteString.fromString("some data"), reply));
        all.put("chunk.data", new BrickProtocol.ChunkData(5, 0xcafebabe, ByteString.fromString("more data")));
        all.put("chunk.data~empty", new BrickProtocol.ChunkData(6, 0, ByteString.emptyByteString()));
        ActorRef<BrickAdminProtocol.Reply> registry = ref("registry#18");
        all.put("brick.prepare", new BrickAdminProtocol.PrepareBrick(POOL, VOLUME, BRICK, "/srv/brick", registry));
        all.put("brick.check", new BrickAdminProtocol.CheckBrick(POOL, VOLUME, BRICK, "/srv/brick", registry));
        all.put("brick.checked", new BrickAdminProtocol.BrickChecked(BRICK, CAPACITY));
        all.put("brick.release", new BrickAdminProtocol.ReleaseBrick(BRICK, registry));
        all.put("brick.reconcile", new BrickAdminProtocol.ReconcileBricks(List.of(BRICK, new BrickId(uuid(4)))));
        all.put("brick.prepared", new BrickAdminProtocol.BrickPrepared(BRICK, CAPACITY));
        all.put("brick.released", new BrickAdminProtocol.BrickReleased(BRICK));
        all.put("brick.admin-refused", new BrickAdminProtocol.BrickAdminRefused(BRICK, REFUSAL));
    }

    private void commands() {
        ActorRef<Outcome> reply = ref("http/7#19");
        RequestKey key = new RequestKey(0x7766554433221100L, 12, 9);
        command("ns.open", new Command.OpenWrite(PATH, CONDITION, -1, List.of(new BrickId(uuid(1))), List.of()));
        command(
                "ns.commit",
                new Command.CommitWrite(VERSION, WriteCondition.NONE, 1L << 40, 0x12345678, List.of(BRICK)));
        command("ns.damage", new Command.ReportDamage(VERSION, 5, BRICK));
        command("ns.abort", new Command.AbortWrite(VERSION));
        command("ns.put", new Command.PutInline(PATH, WriteCondition.NONE, new byte[] {1, 2, 3}));
        command("ns.remove", new Command.Remove(PATH, true, CONDITION));
        command("ns.mkdir", new Command.MakeDirectory(PATH, true));
        command("ns.move", new Command.Move(PATH, VolumePath.ROOT.child("b"), false, WriteCondition.NONE));
        command("ns.quota", new Command.SetQuota(PATH, 10_000_000, -1));
        command("ns.quota-remove", new Command.RemoveQuota(PATH));
        all.put("ns.quotas", new Query.ListQuotas(43));
        all.put("ns.lookup", new Query.Lookup(VolumePath.ROOT));
        all.put("ns.lookup-version", new Query.LookupVersion(VERSION));
        all.put("ns.list", new Query.ListDirectory(PATH, "last name", 1000));
        all.put("ns.ask", new NamespaceProtocol.Ask(NAME, new Query.Lookup(PATH), reply));
        all.put("ns.ask~list", new NamespaceProtocol.Ask(NAME, new Query.ListDirectory(PATH, "", 10), reply));
        all.put("ns.change", new NamespaceProtocol.Change(NAME, key, new Command.AbortWrite(VERSION), reply));
        all.put("ns.renew", new NamespaceProtocol.RenewLease(NAME, VERSION, reply));
        all.put("ns.pin", new NamespaceProtocol.PinVersion(NAME, VERSION));
        all.put("ns.heal", new NamespaceProtocol.DescribeHealing(NAME, reply));
    }

    private <T extends Record & Command> void command(String tag, T command) {
        all.put(tag, command);
        all.put(
                "ns.change~" + tag.substring(3),
                new NamespaceProtocol.Change(NAME, new RequestKey(1, 2, 0), command, ref("http/7#19")));
    }

    private void outcomes() {
        all.put(
                "ns.file",
                new Outcome.FileFound(
                        new FileView(VERSION, 3_000_000, 99, 7, STRIPING, List.of(LOCATION), new byte[0])));
        all.put(
                "ns.file~inline",
                new Outcome.FileFound(new FileView(VERSION, 2, 99, 7, null, List.of(), new byte[] {8, 9})));
        all.put("ns.directory", new Outcome.DirectoryFound(1, 1_700_000_000_000L));
        all.put(
                "ns.listing",
                new Outcome.Listing(
                        VOLUME,
                        List.of(
                                new Outcome.Entry("a", true, 2, 0, 0, 5),
                                new Outcome.Entry("ü", false, 3, 4, 1L << 33, 6)),
                        true));
        all.put(
                "ns.opened",
                new Outcome.WriteOpened(VERSION, STRIPING, List.of(LOCATION, LOCATION), 30_000, 2, List.of(BRICK)));
        all.put("ns.noted", new Outcome.DamageNoted(true));
        all.put(
                "ns.healing",
                new Outcome.Healing(List.of(new Outcome.BrickHealing(BRICK, LOCATION, 3, 2, 1 << 20, "is down"))));
        all.put("ns.written", new Outcome.Written(VERSION, true, 1_700_000_000_000L));
        all.put("ns.aborted", new Outcome.WriteAborted());
        all.put("ns.removed", new Outcome.Removed());
        all.put("ns.made", new Outcome.DirectoryMade(true));
        all.put("ns.moved", new Outcome.Moved(false));
        DirectoryQuota quota = new DirectoryQuota("/photos", 10_000_000, -1, 5_000_005, 2);
        all.put("ns.quota-set", new Outcome.QuotaSet(quota));
        all.put("ns.quotas-listed", new Outcome.QuotasListed(List.of(quota), 43));
        all.put("ns.renewed", new Outcome.LeaseRenewed(30_000));
        all.put("ns.refused", new Outcome.Refused(REFUSAL));
    }

    private void registry() {
        ActorRef<RegistryProtocol.Reply> reply = ref("cli#20");
        all.put("reg.register", new RegistryProtocol.RegisterNode(NODE, NODE_NAME, "10.0.0.1:2551", reply));
        all.put("reg.forget", new RegistryProtocol.ForgetNode(NODE_NAME, reply));
        all.put("reg.pool", new RegistryProtocol.DescribePool(reply));
        all.put("reg.create", new RegistryProtocol.CreateVolume(NAME, SPEC, List.of(LOCATION), reply));
        all.put("reg.start", new RegistryProtocol.StartVolume(NAME, reply));
        all.put("reg.stop", new RegistryProtocol.StopVolume(NAME, reply));
        all.put("reg.delete", new RegistryProtocol.DeleteVolume(NAME, reply));
        all.put("reg.add-bricks", new RegistryProtocol.AddBricks(NAME, List.of(LOCATION), reply));
        all.put("reg.remove-bricks", new RegistryProtocol.RemoveBricks(NAME, List.of(LOCATION), reply));
        all.put("reg.stop-removal", new RegistryProtocol.StopRemoval(NAME, List.of(LOCATION), reply));
        all.put(
                "reg.replace-brick",
                new RegistryProtocol.ReplaceBrick(NAME, LOCATION, BrickLocation.parse("bt2:/srv/new"), reply));
        all.put("reg.set-replica", new RegistryProtocol.SetReplica(NAME, 2, reply));
        all.put("reg.try", new RegistryProtocol.TryChange(new RegistryProtocol.SetReplica(NAME, 2, reply)));
        all.put(
                "reg.allowed",
                new RegistryProtocol.ChangeAllowed(
                        VOLUME,
                        true,
                        List.of(BRICK),
                        List.of(new RegistryProtocol.ComingBrick(BRICK, LOCATION)),
                        BRICK));
        all.put("reg.describe", new RegistryProtocol.DescribeVolume(NAME, reply));
        all.put("reg.volumes", new RegistryProtocol.ListVolumes(reply));
        all.put("reg.registered", new RegistryProtocol.NodeRegistered(POOL, NODE));
        all.put("reg.forgotten", new RegistryProtocol.NodeForgotten(NODE_NAME));
        all.put(
                "reg.pool-described",
                new RegistryProtocol.PoolDescribed(
                        POOL,
                        NODE_NAME,
                        List.of(new RegistryProtocol.NodeStatus(
                                NODE, NODE_NAME, "10.0.0.1:2551", "http://10.0.0.1:8080", true, 2))));
        RegistryProtocol.VolumeStatus status = new RegistryProtocol.VolumeStatus(
                VOLUME,
                NAME,
                SPEC,
                VolumeState.STARTED,
                1_700_000_000_000L,
                new RegistryProtocol.VolumeUsage(3, 2, 1, 1, 2, 4, 5L),
                List.of(new RegistryProtocol.BrickStatus(
                        BRICK, LOCATION, BrickHealth.QUARANTINED, "read error", CAPACITY)));
        all.put("reg.volume", new RegistryProtocol.VolumeDescribed(status));
        all.put("reg.volumes-listed", new RegistryProtocol.VolumesListed(List.of(status, status)));
        all.put("reg.deleted", new RegistryProtocol.VolumeDeleted(NAME));
        all.put("reg.refused", new RegistryProtocol.Refused(REFUSAL));
    }

    private void pool() {
        all.put(
                "join.knock",
                new JoinProtocol.Knock(
                        POOL, NODE, NODE_NAME, "10.0.0.1:2551", 1, ref("boot#21"), "mortar.journal.quorum"));
        all.put(
                "join.knock~new",
                new JoinProtocol.Knock(null, NODE, NODE_NAME, "10.0.0.1:2551", 1, ref("boot#21"), null));
        all.put("join.admitted", new JoinProtocol.Admitted(POOL, NODE, NODE_NAME, List.of("10.0.0.1:2551")));
        all.put("join.not-yet", new JoinProtocol.NotYet(true, false, "the metadata node bt1 is away"));
        all.put("join.turned-away", new JoinProtocol.TurnedAway(new Refusal(RefusalCode.NAME_TAKEN, "bt1 is taken")));
        Announcement.Brick brick =
                new Announcement.Brick(BRICK, VOLUME, LOCATION, BrickHealth.ONLINE, "", CAPACITY, ref("bricks/b#22"));
        all.put(
                "pool.announce",
                new Announcement(
                        NODE,
                        NODE_NAME,
                        "10.0.0.1:2551",
                        "http://10.0.0.1:8080",
                        ref("bricks#23"),
                        new Announcement.Metadata(27, ref("namespace#24"), ref("registry#25")),
                        List.of(brick),
                        26));
        metadata();
        all.put(
                "pool.announce~plain",
                new Announcement(
                        NODE,
                        NODE_NAME,
                        "10.0.0.1:2551",
                        "http://10.0.0.1:8080",
                        ref("bricks#23"),
                        null,
                        List.of(),
                        26));
    }

    private void metadata() {
        all.put("meta.describe", new MetadataProtocol.DescribeMetadata(ref("temp/a#28")));
        all.put("meta.transfer", new MetadataProtocol.TransferLeadership(NODE, ref("temp/a#29")));
        all.put("meta.transfer~any", new MetadataProtocol.TransferLeadership(null, ref("temp/a#29")));
        all.put("meta.transferred", new MetadataProtocol.LeadershipTransferred());
        all.put(
                "meta.refused",
                new MetadataProtocol.Refused(new Refusal(RefusalCode.METADATA_UNAVAILABLE, "bt1 does not lead")));
        MetadataProtocol.Member member = new MetadataProtocol.Member(NODE, "10.0.0.1:2551", true, 31, 2, 150, false);
        MetadataProtocol.Replica replica = new MetadataProtocol.Replica(7, 1, 33, 32, 31, 30, List.of(member));
        all.put(
                "meta.described",
                new MetadataProtocol.MetadataDescribed(
                        new MetadataProtocol.MetadataStatus("mortar.journal.quorum", NODE, NODE, replica)));
        all.put(
                "meta.described~none",
                new MetadataProtocol.MetadataDescribed(
                        new MetadataProtocol.MetadataStatus("mortar.journal.local", NODE, null, null)));
    }
}
