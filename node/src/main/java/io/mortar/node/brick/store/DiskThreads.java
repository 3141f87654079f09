package io.mortar.node.brick.store;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one brick, so that a hanging disk holds up no other brick and no actor. Writers wait for syncs, so reads have threads
 * of their own; commits and deletions too. What the pool does by itself has half as many as clients have, so that those go first. Idle threads end. What waits for a thread is bounded by {@link Admission}.
 */
final class DiskThreads {
    private static final long IDLE_SECONDS_MAX = 30;
    private static final long CLOSE_SECONDS_MAX = 10;

    private final ThreadPoolExecutor writers;
    private final ThreadPoolExecutor readers;
    private final ThreadPoolExecutor commits;
    private final ThreadPoolExecutor background;
    private final ThreadPoolExecutor copies;

    DiskThreads(String brick, int count) {
        writers = pool(brick + " write", count);
        readers = pool(brick + " read", count);
        commits = pool(brick + " commit", 2);
        background = pool(brick + " background", 2);
        copies = pool(brick + " copy", (count + 1) / 2);
    }

    Executor writers() {
        return writers;
    }

    Executor readers() {
        return readers;
    }

    /** One thread for names, one for rows. */
    Executor commits() {
        return commits;
    }

    /** One thread for deletions, one for counting and pruning. */
    Executor background() {
        return background;
    }

    /** For copying chunks from other bricks, and for looking at chunks. */
    Executor copies() {
        return copies;
    }

    /** Finishes what was begun; false if the disk hangs and something still runs. Nothing may be executed any more. */
    boolean close() {
        boolean ended = true;
        for (ThreadPoolExecutor pool : List.of(writers, readers, copies, background, commits)) {
            pool.shutdown();
            try {
                ended &= pool.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return ended;
    }

    private static ThreadPoolExecutor pool(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS_MAX, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + " " + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
