package io.mortar.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.terminal.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code mortar demo}: a pool of three nodes on one machine, a striped volume, an upload and a download, with an account of each. */
public final class Demo {
    private final DemoOptions options;
    private final Terminal terminal;
    private final AtomicBoolean cleaned = new AtomicBoolean();

    public Demo(DemoOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** Runs the demo; with {@code keep}, until the process is told to stop. */
    public ExitCode run() {
        DemoPorts.check(options);
        DemoDirectory directory = DemoDirectory.open(options);
        DemoPool pool = new DemoPool(options);
        Thread onExit = new Thread(() -> stopOnSignal(pool, directory), "stop-demo");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            show(pool, directory);
            if (options.keep()) {
                DemoNode ended = pool.awaitEnd();
                throw ended.failure("ended by itself");
            }
            return ExitCode.OK;
        } catch (CommandFailedException e) {
            if (cleaned.get()) {
                // The process was told to stop: what failed, failed because of that, and the thread that stops it ends
                // it.
                awaitExit();
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } finally {
            cleanUp(pool, directory);
        }
    }

    private void show(DemoPool pool, DemoDirectory directory) {
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

    private static void awaitExit() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String line) {
        if (!options.json()) {
            terminal.result(line);
        }
    }

    private void stopOnSignal(DemoPool pool, DemoDirectory directory) {
        boolean first = cleanUp(pool, directory);
        if (first && options.keep()) {
            // Ending a kept pool by a signal is the intended way, not a failure.
            Runtime.getRuntime().halt(ExitCode.OK.value());
        }
    }

    /** Returns whether this call did it, and not an earlier one on another thread. */
    private synchronized boolean cleanUp(DemoPool pool, DemoDirectory directory) {
        if (!cleaned.compareAndSet(false, true)) {
            return false;
        }
        tell("");
        tell("Stopping the nodes ...");
        pool.stop();
        directory.close();
        tell(
                options.directory() == null
                        ? "Stopped; nothing is left in " + directory.path() + "."
                        : "Stopped. The data stays in " + directory.path()
                                + ": run the same command again to find it.");
        return true;
    }

    private ObjectNode asJson(DemoPool pool, DemoDirectory directory) {
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
