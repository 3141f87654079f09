package io.mortar.cli.local;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One use of a pool on this machine: whatever happens, its nodes are stopped afterwards, and a temporary directory is removed. */
public final class LocalRun {
    private final LocalDirectory directory;
    private final LocalPool pool;
    private final LocalNetwork network;
    private final boolean untilSignal;
    private final Consumer<String> tell;
    private final AtomicBoolean cleaned = new AtomicBoolean();

    private LocalRun(
            LocalDirectory directory,
            LocalPool pool,
            LocalNetwork network,
            boolean untilSignal,
            Consumer<String> tell) {
        this.directory = directory;
        this.pool = pool;
        this.network = network;
        this.untilSignal = untilSignal;
        this.tell = tell;
    }

    /** What is done with the pool, which has no nodes yet. */
    @FunctionalInterface
    public interface Body {
        ExitCode in(LocalPool pool, LocalDirectory directory) throws InterruptedException;
    }

    /**
     * Checks ports and directory, runs {@code body}, cleans up; closes the network of the plan also when nothing was begun.
     *
     * @param wanted null for a temporary directory
     * @param neededBytes room that the directory must have
     * @param untilSignal whether SIGTERM and Ctrl-C are the way to end it, and not a failure
     */
    public static ExitCode of(
            LocalPlan plan,
            @Nullable Path wanted,
            long neededBytes,
            boolean untilSignal,
            Consumer<String> tell,
            Body body) {
        try (LocalNetwork network = plan.network()) {
            LocalPorts.check(plan);
            LocalDirectory directory = LocalDirectory.open(plan.purpose(), wanted, neededBytes);
            return new LocalRun(directory, new LocalPool(plan), network, untilSignal, tell).run(body);
        }
    }

    private ExitCode run(Body body) {
        Thread onExit = new Thread(this::stopOnSignal, "stop-pool");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            return body.in(pool, directory);
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
            cleanUp();
        }
    }

    private void stopOnSignal() {
        boolean first = cleanUp();
        if (first && untilSignal) {
            Runtime.getRuntime().halt(ExitCode.OK.value());
        }
    }

    /** Returns whether this call did it, and not an earlier one on another thread. */
    private synchronized boolean cleanUp() {
        if (!cleaned.compareAndSet(false, true)) {
            return false;
        }
        tell.accept("");
        tell.accept("Stopping the nodes ...");
        pool.stop();
        network.close();
        directory.close();
        tell.accept(
                directory.isTemporary()
                        ? "Stopped; nothing is left in " + directory.path() + "."
                        : "Stopped. The data stays in " + directory.path()
                                + ": run the same command again to find it.");
        return true;
    }

    private static void awaitExit() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
