package io.mortar.cli.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.drill.fault.CorruptFault;
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
import io.mortar.cli.local.LocalPool;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.remote.UrlPath;
import java.io.IOException;
import java.net.URI;
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
    /** Room of the brick that is filled: more than the load and others on this machine take meanwhile. */
    private static final long FILL_BYTES = 6L << 30;

    private static final long FILL_BYTES_MAX = 2 * FILL_BYTES;

    private final DrillOptions options;
    private final LocalPool pool;
    private final LocalDirectory directory;
    private final Consumer<String> tell;
    private final List<URI> urls;
    private long fullAtBytes;

    LocalDrill(DrillOptions options, LocalPool pool, LocalDirectory directory, Consumer<String> tell) {
        this.options = options;
        this.pool = pool;
        this.directory = directory;
        this.tell = tell;
        this.urls = IntStream.rangeClosed(1, options.plan().nodeCount())
                .mapToObj(number -> URI.create(options.plan().url(number)))
                .toList();
    }

    /**
     * The last node's brick counts as full when the file system has a few gigabytes less than now, so that it can be filled while the others,
     * on the same file system, are not.
     */
    void startNodes() throws IOException {
        long usableBytes = Files.getFileStore(directory.path()).getUsableSpace();
        boolean fills = options.faults().contains(FaultKind.FILL) && usableBytes > DrillOptions.ROOM_BYTES + FILL_BYTES;
        fullAtBytes = fills ? usableBytes - FILL_BYTES : 0;
        String full = fills ? "mortar.brick { watermark-percent = 90, watermark-max = " + fullAtBytes + " }" : "";
        int last = options.plan().nodeCount();
        pool.start(directory, number -> number == last ? full : "");
        awaitVoters();
        for (LocalNode node : pool.nodes()) {
            tell.accept("   " + node.name() + "  pid " + node.pid() + "  log " + node.log());
        }
    }

    void createVolume() {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("name", DrillOptions.VOLUME)
                .put("stripe", options.plan().nodeCount() / 2)
                .put("replica", 2);
        ArrayNode bricks = request.putArray("bricks");
        for (int number = 1; number <= options.plan().nodeCount(); number++) {
            bricks.add(LocalNode.brick(directory, number));
        }
        NodeClient node = pool.client(1);
        node.post("create the volume", UrlPath.ofApi("volumes"), request);
        node.post("start the volume", UrlPath.ofApi("volumes", DrillOptions.VOLUME, "start"), null);
    }

    DrillReport run() throws IOException, InterruptedException {
        RemotePath root = RemotePath.parse(DrillOptions.VOLUME + ":/load");
        HttpFiles files = new HttpFiles(urls, root, ATTEMPT_MAX);
        PoolHealth health = new PoolHealth(urls, DrillOptions.VOLUME);
        try (MixedLoad load = new MixedLoad(files, Pace.REAL, LoadSettings.of(options.seed()))) {
            List<RemotePath> directories =
                    load.directories().stream().map(root::descendant).toList();
            RemoteFiles admin = new RemoteFiles(pool.client(1));
            directories.forEach(each -> admin.makeDirectory(each, true));
            List<String> skipped = new ArrayList<>();
            FaultRound round = new FaultRound(
                    faults(directories, skipped),
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

    private List<Fault> faults(List<RemotePath> directories, List<String> skipped) {
        LocalVictims victims = new LocalVictims(pool, directory);
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : options.faults()) {
            switch (kind) {
                case KILL -> faults.add(new KillFault(victims));
                case PAUSE -> faults.add(new PauseFault(victims, FREEZE));
                case CORRUPT ->
                    faults.add(new CorruptFault(victims, new HttpSweep(urls, directories), CHUNKS_MAX, options.seed()));
                case FILL -> addFill(faults, skipped);
                case CUT -> skipped.add("cut: the nodes of a local pool share one network, which is not cut");
                default -> throw new AssertionError("unhandled " + kind);
            }
        }
        return faults;
    }

    private void addFill(List<Fault> faults, List<String> skipped) {
        if (fullAtBytes == 0) {
            skipped.add("fill: " + directory.path() + " has no " + (FILL_BYTES >> 30) + " GiB to spare");
            return;
        }
        int last = options.plan().nodeCount() - 1;
        faults.add(new FillFault(last, directory.path().resolve("filler"), fullAtBytes, FILL_BYTES_MAX, FULL));
    }

    /** Before that many nodes keep the metadata, losing one of them stops the pool. */
    private void awaitVoters() {
        int nodeCount = options.plan().nodeCount();
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
