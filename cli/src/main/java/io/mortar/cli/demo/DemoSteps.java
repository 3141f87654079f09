package io.mortar.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalNode;
import io.mortar.cli.local.LocalPool;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteEntry;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.transfer.LocalPlace;
import io.mortar.cli.transfer.Place;
import io.mortar.cli.transfer.RemotePlace;
import io.mortar.cli.view.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What the demo does, one step after the other; each says what it does and how it went. */
final class DemoSteps {
    private static final RemotePath SAMPLE = RemotePath.parse(DemoOptions.VOLUME + ":/demo/sample.bin");
    private static final String SHA256 = "sample.sha256";

    private final DemoOptions options;
    private final LocalPool pool;
    private final LocalDirectory directory;
    private final Consumer<String> tell;
    private String sha256 = "";

    DemoSteps(DemoOptions options, LocalPool pool, LocalDirectory directory, Consumer<String> tell) {
        this.options = options;
        this.pool = pool;
        this.directory = directory;
        this.tell = tell;
    }

    void startNodes() {
        title("1. Three nodes, each a process of its own, make a pool");
        long started = System.nanoTime();
        pool.start(directory);
        for (int number = 1; number <= DemoOptions.NODE_COUNT; number++) {
            LocalNode node = pool.nodes().get(number - 1);
            tell.accept(
                    "   " + node.name() + "  pid " + node.pid() + "  " + options.url(number) + "  log " + node.log());
        }
        tell.accept("   ready after " + seconds(started));
    }

    void createVolume() {
        title("2. A volume whose files are striped over a brick of each node");
        NodeClient node = pool.client(1);
        Optional<JsonNode> existing = existingVolume(node);
        if (existing.isPresent()) {
            tell.accept("   found again: " + DemoOptions.VOLUME + ", created "
                    + existing.get().path("created").asText());
        } else {
            ObjectNode request = request();
            node.post("create the volume '" + DemoOptions.VOLUME + "'", UrlPath.ofApi("volumes"), request);
            StringBuilder command = new StringBuilder("mortar volume create " + DemoOptions.VOLUME + " stripe 3");
            request.path("bricks").forEach(brick -> command.append(' ').append(brick.asText()));
            tell.accept("   $ " + command);
        }
        tell.accept("   $ mortar volume start " + DemoOptions.VOLUME);
        node.post(
                "start the volume '" + DemoOptions.VOLUME + "'",
                UrlPath.ofApi("volumes", DemoOptions.VOLUME, "start"),
                null);
    }

    void upload() {
        title("3. A file goes in through bt1");
        RemoteFiles files = new RemoteFiles(pool.client(1));
        Optional<String> known = directory.recall(SHA256);
        Optional<RemoteEntry> there = files.find(SAMPLE);
        if (known.isPresent() && there.isPresent()) {
            sha256 = known.get();
            tell.accept("   found again: " + SAMPLE + ", "
                    + ByteSize.human(there.get().sizeBytes()));
            return;
        }
        Path sample = directory.path().resolve("sample.bin");
        sha256 = SampleFile.write(sample, options.sampleSizeBytes());
        directory.remember(SHA256, sha256);
        Place local = new LocalPlace(sample);
        long started = System.nanoTime();
        new RemotePlace(files, SAMPLE).write(local.read(local.find().orElseThrow()));
        tell.accept("   $ curl -T " + sample + " " + fileUrl(1));
        tell.accept("   " + ByteSize.human(options.sampleSizeBytes())
                + " of pseudo-random bytes, durable on three bricks after " + seconds(started));
        tell.accept("   sha256 " + sha256);
    }

    void download() {
        title("4. It comes out through bt2");
        RemoteFiles files = new RemoteFiles(pool.client(2));
        RemoteEntry entry = files.find(SAMPLE)
                .orElseThrow(() ->
                        CommandFailedException.failed("cannot read " + SAMPLE + ": it is not there through bt2."));
        long started = System.nanoTime();
        String received;
        try (InputStream in = files.open(SAMPLE, entry.etag())) {
            received = SampleFile.digest(in);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot read " + SAMPLE + " through bt2: " + e.getMessage());
        }
        if (!received.equals(sha256)) {
            throw CommandFailedException.failed(
                    "what came out is not what went in: sha256 " + received + " instead of " + sha256);
        }
        tell.accept("   $ curl -s " + fileUrl(2) + " | sha256sum");
        tell.accept("   sha256 " + received + ", the same, after " + seconds(started));
    }

    void stripes() {
        title("5. Where it is");
        tell.accept("   $ mortar stat " + SAMPLE);
        JsonNode found = new RemoteFiles(pool.client(3)).describe(SAMPLE);
        FileText.stat(found).forEach(line -> tell.accept("   " + line));
    }

    /** Commands to type while the pool is there, or how to keep it. */
    void invite() {
        tell.accept("");
        if (!options.keep()) {
            tell.accept("All of it worked. 'mortar demo --keep' leaves the pool running for you to try:");
        } else {
            tell.accept("The pool runs until Ctrl-C. Try, in another terminal:");
        }
        tell.accept("   curl -T FILE " + options.url(1) + "/files/" + DemoOptions.VOLUME + "/FILE");
        tell.accept("   curl -o copy.bin " + fileUrl(3));
        tell.accept("   curl -r 1000000-1000015 -s " + fileUrl(2) + " | od -c");
        tell.accept("   curl " + options.url(2) + "/files/" + DemoOptions.VOLUME + "/demo/");
        tell.accept("   curl -X DELETE " + options.url(1) + "/files/" + DemoOptions.VOLUME + "/FILE");
        tell.accept("   ./mortar --node " + options.url(1) + " pool status");
        tell.accept("   ./mortar --node " + options.url(1) + " df");
    }

    private Optional<JsonNode> existingVolume(NodeClient node) {
        try {
            return Optional.of(node.get(
                    "look for the volume '" + DemoOptions.VOLUME + "'", UrlPath.ofApi("volumes", DemoOptions.VOLUME)));
        } catch (CommandFailedException e) {
            if (e.code().equals("VOLUME_NOT_FOUND")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ObjectNode request() {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("name", DemoOptions.VOLUME).put("stripe", DemoOptions.NODE_COUNT);
        ArrayNode bricks = request.putArray("bricks");
        for (int number = 1; number <= DemoOptions.NODE_COUNT; number++) {
            bricks.add(LocalNode.brick(directory, number));
        }
        return request;
    }

    private String fileUrl(int number) {
        return options.url(number) + SAMPLE.url();
    }

    private void title(String text) {
        tell.accept("");
        tell.accept(text);
    }

    private static String seconds(long startedNanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startedNanos) / 1e9);
    }
}
