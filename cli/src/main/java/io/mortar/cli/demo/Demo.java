package io.mortar.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalNode;
import io.mortar.cli.local.LocalPool;
import io.mortar.cli.local.LocalRun;
import io.mortar.cli.terminal.Terminal;

/** {@code mortar demo}: a pool of three nodes on one machine, a striped volume, an upload and a download, with an account of each. */
public final class Demo {
    private final DemoOptions options;
    private final Terminal terminal;

    public Demo(DemoOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** Runs the demo; with {@code keep}, until the process is told to stop. */
    public ExitCode run() {
        // Room for the sample and its copy in the volume.
        long neededBytes = 2 * options.sampleSizeBytes();
        return LocalRun.of(
                options.plan(), options.directory(), neededBytes, options.keep(), this::tell, (pool, directory) -> {
                    show(pool, directory);
                    if (options.keep()) {
                        LocalNode ended = pool.awaitEnd();
                        throw ended.failure("ended by itself");
                    }
                    return ExitCode.OK;
                });
    }

    private void show(LocalPool pool, LocalDirectory directory) {
        DemoSteps steps = new DemoSteps(options, pool, directory, this::tell);
        tell("Mortar demo: a pool of three nodes on this machine. Everything is in " + directory.path()
                + (options.directory() == null ? ", which is removed at the end (--dir DIR keeps it)." : "."));
        steps.startNodes();
        steps.createVolume();
        steps.upload();
        steps.download();
        steps.stripes();
        if (options.json()) {
            terminal.result(asJson(pool, directory).toString());
        }
        steps.invite();
    }

    private void tell(String line) {
        if (!options.json()) {
            terminal.result(line);
        }
    }

    private ObjectNode asJson(LocalPool pool, LocalDirectory directory) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode urls = json.putArray("urls");
        for (int number = 1; number <= DemoOptions.NODE_COUNT; number++) {
            urls.add(options.url(number));
        }
        json.put("volume", DemoOptions.VOLUME);
        json.putNull("key");
        ArrayNode pids = json.putArray("pids");
        pool.nodes().forEach(node -> pids.add(node.pid()));
        json.put("dir", directory.path().toString());
        return json;
    }
}
