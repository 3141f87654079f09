package io.mortar.multijvm.load;

import io.mortar.cli.drill.fault.Victims;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The nodes of a test's pool, as faults see them. */
final class PoolVictims implements Victims {
    private final PoolExtension pool;

    PoolVictims(PoolExtension pool) {
        this.pool = pool;
    }

    @Override
    public int count() {
        return pool.nodes().size();
    }

    @Override
    public String name(int node) {
        return pool.nodes().get(node).name();
    }

    @Override
    public void killAndStart(int node) throws IOException, InterruptedException {
        NodeProcess victim = pool.nodes().get(node);
        victim.kill();
        victim.start();
    }

    @Override
    public void freeze(int node, Duration time) throws IOException, InterruptedException {
        NodeProcess victim = pool.nodes().get(node);
        victim.pause();
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } finally {
            victim.resume();
        }
    }

    @Override
    public Path brick(int node) {
        return pool.nodes().get(node).brickDirectory(1);
    }
}
