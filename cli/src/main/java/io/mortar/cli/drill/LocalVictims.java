package io.mortar.cli.drill;

import io.mortar.cli.drill.fault.Victims;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalNode;
import io.mortar.cli.local.LocalPlan;
import io.mortar.cli.local.LocalPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The nodes of a pool on this machine. */
final class LocalVictims implements Victims {
    private final LocalPool pool;
    private final LocalDirectory directory;

    LocalVictims(LocalPool pool, LocalDirectory directory) {
        this.pool = pool;
        this.directory = directory;
    }

    @Override
    public int count() {
        return pool.nodes().size();
    }

    @Override
    public String name(int node) {
        return LocalPlan.name(node + 1);
    }

    @Override
    public void killAndStart(int node) throws IOException, InterruptedException {
        LocalNode victim = pool.nodes().get(node);
        victim.kill();
        victim.startAgain();
    }

    @Override
    public void freeze(int node, Duration time) throws IOException, InterruptedException {
        Freeze.process(pool.nodes().get(node).pid(), time);
    }

    @Override
    public Path brick(int node) {
        return LocalNode.brickDirectory(directory, node + 1);
    }
}
