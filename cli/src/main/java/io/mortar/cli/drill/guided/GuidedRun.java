package io.mortar.cli.drill.guided;

import io.mortar.cli.drill.load.MixedLoad;
import io.mortar.cli.failure.CommandFailedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** However a drill ends, by itself or by Ctrl-C, its load is stopped, its directory is removed, and what a person has to undo is said. */
final class GuidedRun {
    private final DrillDirectory directory;
    private final MixedLoad load;
    private final Supplier<@Nullable Step> current;
    private final Consumer<String> tell;
    private final AtomicBoolean cleaned = new AtomicBoolean();

    /**
     * @param current the step that is under way
     * @param tell hears what became of the directory, also when it could not be removed
     */
    GuidedRun(DrillDirectory directory, MixedLoad load, Supplier<@Nullable Step> current, Consumer<String> tell) {
        this.directory = directory;
        this.load = load;
        this.current = current;
        this.tell = tell;
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Body<T> {
        T run() throws InterruptedException;
    }

    <T> T run(Body<T> body) {
        Thread onExit = new Thread(this::cleanUp, "end-drill");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            return body.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.incomplete("the drill was interrupted");
        } catch (RuntimeException e) {
            if (cleaned.get()) {
                // The process was told to stop: what failed, failed because of that, and the other thread ends it.
                awaitExit();
            }
            throw e;
        } finally {
            cleanUp();
        }
    }

    private synchronized void cleanUp() {
        if (!cleaned.compareAndSet(false, true)) {
            return;
        }
        Step step = current.get();
        if (step != null) {
            tell.accept("The drill ends in the middle of a fault: " + step.left() + ".");
        }
        load.close();
        String left = directory.remove();
        tell.accept(
                left.isEmpty()
                        ? "Removed " + directory.path() + "."
                        : "Cannot remove " + directory.path() + ": " + left + ".\nRemove it with 'mortar drill "
                                + directory.path().volume()
                                + " --clean'; the next drill on this volume removes it as well.");
    }

    private static void awaitExit() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
