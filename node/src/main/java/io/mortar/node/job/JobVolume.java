package io.mortar.node.job;

import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import java.util.function.Function;

/** The volume that jobs work on. Safe for use by several threads. */
public interface JobVolume {
    /** The volume as it is at this moment. */
    VolumeContext context();

    /** Grows with every change of the number of replicas. */
    long shapeNumber();

    /** Answers {@code question} from one state of the rows. Blocks. */
    <T> T read(Function<Rows, T> question);

    /** Number of the departure of {@code brick}; 0 if it stays. To be asked for before looking for what is on the brick. */
    int departure(BrickId brick);

    /** Tells that provably nothing is on {@code brick} any more, and that nothing will be as long as this {@code departure} lasts. */
    void vacated(BrickId brick, int departure);

    /** Tells what jobs reached while they moved files at the configured rate; for plans of others. */
    void moved(long bytesPerSecond);

    JobSettings settings();
}
