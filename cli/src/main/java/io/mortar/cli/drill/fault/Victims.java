package io.mortar.cli.drill.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The nodes of a pool that a drill may hurt, numbered from 0. */
public interface Victims {
    int count();

    String name(int node);

    /** Kills the process as {@code kill -9} does, and starts it again when it is gone. */
    void killAndStart(int node) throws IOException, InterruptedException;

    /** Freezes the process for a time, and returns when it runs again; it runs again also when this process is killed meanwhile. */
    void freeze(int node, Duration time) throws IOException, InterruptedException;

    /** The directory of its brick. */
    Path brick(int node);
}
