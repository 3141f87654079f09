package io.mortar.cli.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.drill.fault.CorruptFault;
import io.mortar.cli.drill.fault.CutFault;
import io.mortar.cli.drill.fault.Fault;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.drill.fault.FillFault;
import io.mortar.cli.drill.fault.KillFault;
import io.mortar.cli.drill.fault.PauseFault;
import io.mortar.cli.drill.load.LoadSettings;
import io.mortar.cli.drill.load.MixedLoad;
import io.mortar.cli.drill.load.Pace;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalNode;
import io.mortar.cli.local.LocalPlan;
import io.mortar.cli.local.LocalPool;
import io.mortar.cli.local.SeparateNetworks;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.remote.UrlPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A drill on a pool that was just started on this machine: makes the volume, runs load and faults, compares everything. */
final class LocalDrill {
    private static final Duration FREEZE = Duration.ofSeconds(8);
    private static final Duration FULL = Duration.ofSeconds(10);
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);
    private static final Duration WHOLE_MAX = Duration.ofMinutes(2);
    private static final Duration VOTERS_MAX = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 200;
    private static final int CHUNKS_MAX = 20;
    /** As long as a guided drill cuts. */
    private static final Duration CUT = Duration.ofSeconds(15);

    private static final long FILL_SLACK_BYTES = 256L << 20;
    private static final long FILL_BYTES_MIN = 3L << 29;
    private static final long FILL_BYTES_MAX = 6L << 30;

    private static final int WATERMARK_PERCENT_MAX = 90;

    private final DrillOptions options;
    private final LocalPlan plan;
    private final List<FaultKind> kinds;
    private final LocalPool pool;
    private final LocalDirectory directory;
    private final Consumer<String> tell;
    private final List<URI> urls;
    private long fillBytes;
    private long fullAtBytes;

    LocalDrill(DrillOptions options, LocalPlan plan, LocalPool pool, LocalDirectory directory, Consumer<String> tell) {
        this.options = options;
        this.plan = plan;
        this.kinds = options.faults().isEmpty() ? List.of(FaultKind.values()) : options.faults();
        this.pool = pool;
        this.directory = directory;
        this.tell = tell;
        this.urls = IntStream.rangeClosed(1, plan.nodeCount())
                .mapToObj(number -> URI.create(plan.url(number)))
                .toList();
    }

    /**
     * The last node's brick counts as full when the file system has a little less than now, so that it can be filled while the others, on the same
     * file system, are not.
     */
    void startNodes() throws IOException {
        FileStore store = Files.getFileStore(directory.path());
        String full = "";
        if (kinds.contains(FaultKind.FILL)) {
            fillBytes = roomOfFilled(store.getUsableSpace());
            fullAtBytes = store.getUsableSpace() - fillBytes;
            full = untouchable(fullAtBytes, store.getTotalSpace());
        }
        String ofLast = full;
        int last = plan.nodeCount();
        pool.start(directory, number -> number == last ? ofLast : "");
        awaitVoters();
        for (LocalNode node : pool.nodes()) {
            tell.accept("   " + node.name() + "  pid " + node.pid() + "  log " + node.log());
        }
    }

    /** Room of the brick that is filled: more than the load and others on this machine take meanwhile, as far as the disk has it to spare. */
    static long roomOfFilled(long usableBytes) {
        long spareBytes = (usableBytes - DrillOptions.ROOM_BYTES) / 2;
        return Math.max(FILL_BYTES_MIN, Math.min(FILL_BYTES_MAX, spareBytes));
    }

    /** Settings of a brick that leaves {@code bytes} of its file system free: the watermark as far as it goes, and the reserve for the rest. */
    static String untouchable(long bytes, long totalBytes) {
        long watermarkBytes = Math.min(bytes, totalBytes / 100 * WATERMARK_PERCENT_MAX);
        return "mortar.brick { watermark-percent = " + WATERMARK_PERCENT_MAX + ", watermark-max = " + watermarkBytes
                + ", metadata-reserve = " + (bytes - watermarkBytes) + " }";
    }

    void createVolume() {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("name", DrillOptions.VOLUME)
                .put("stripe", plan.nodeCount() / 2)
                .put("replica", 2);
        ArrayNode bricks = request.putArray("bricks");
        for (int number = 1; number <= plan.nodeCount(); number++) {
            bricks.add(LocalNode.brick(directory, number));
        }
        NodeClient node = pool.client(1);
        node.post("create the volume", UrlPath.ofApi("volumes"), request);
        node.post("start the volume", UrlPath.ofApi("volumes", DrillOptions.VOLUME, "start"), null);
    }

    /** @param skipped faults that cannot be done here, each with the reason */
    DrillReport run(List<String> skipped) throws IOException, InterruptedException {
        RemotePath root = RemotePath.parse(DrillOptions.VOLUME + ":/load");
        HttpFiles files = new HttpFiles(urls, root, ATTEMPT_MAX);
        PoolHealth health = new PoolHealth(urls, DrillOptions.VOLUME);
        try (MixedLoad load = new MixedLoad(files, Pace.REAL, LoadSettings.of(options.seed()))) {
            List<RemotePath> directories =
                    load.directories().stream().map(root::descendant).toList();
            RemoteFiles admin = new RemoteFiles(pool.client(1));
            // Of an earlier drill, whose pool was kept: the clients of this one know nothing of it.
            if (admin.find(root).isPresent()) {
                admin.remove(root, true);
            }
            directories.forEach(each -> admin.makeDirectory(each, true));
            FaultRound round = new FaultRound(
                    faults(directories, health),
                    urls.size(),
                    node -> pool.nodes().get(node).name(),
                    health::complaint,
                    Pace.REAL,
                    WHOLE_MAX);
            return LoadedRound.run(
                    load,
                    () -> round.run(
                            options.length(),
                            options.every(),
                            options.seed(),
                            injection -> tell.accept(DrillText.line(injection))),
                    () -> skipped,
                    options.seed(),
                    tell);
        }
    }

    private List<Fault> faults(List<RemotePath> directories, PoolHealth health) {
        LocalVictims victims = new LocalVictims(pool, directory);
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : kinds) {
            switch (kind) {
                case KILL -> faults.add(new KillFault(victims));
                case PAUSE -> faults.add(new PauseFault(victims, FREEZE));
                case CORRUPT ->
                    faults.add(new CorruptFault(victims, new HttpSweep(urls, directories), CHUNKS_MAX, options.seed()));
                case FILL -> faults.add(fill(health));
                case CUT -> {
                    if (plan.network() instanceof SeparateNetworks networks) {
                        faults.add(new CutFault(new LocalWires(networks, plan.nodeCount()), CUT));
                    }
                }
                default -> throw new AssertionError("unhandled " + kind);
            }
        }
        return faults;
    }

    private Fault fill(PoolHealth health) {
        int last = plan.nodeCount() - 1;
        FillFault.Room room =
                new FillFault.Room(directory.path().resolve("filler"), fullAtBytes, FILL_SLACK_BYTES, 2 * fillBytes);
        return new FillFault(
                last, room, () -> health.brickIs("FULL", LocalNode.brick(directory, last + 1)), Pace.REAL, FULL);
    }

    /** Before that many nodes keep the metadata, losing one of them stops the pool. */
    private void awaitVoters() {
        int nodeCount = plan.nodeCount();
        int wanted = nodeCount >= 7 ? 5 : 3;
        long deadline = System.nanoTime() + VOTERS_MAX.toNanos();
        while (System.nanoTime() < deadline) {
            int voters = 0;
            for (var member : pool.client(1)
                    .get("ask for the voters", UrlPath.ofApi("meta"))
                    .path("members")) {
                voters += member.path("role").asText().equals("voter") ? 1 : 0;
            }
            if (voters >= wanted) {
                return;
            }
            rest();
        }
        throw CommandFailedException.failed("the pool has no " + wanted + " voters after " + VOTERS_MAX.toSeconds()
                + " s: see the logs in " + directory.path() + ".");
    }

    private static void rest() {
        try {
            Pace.REAL.pause(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted while the pool was starting");
        }
    }
}
