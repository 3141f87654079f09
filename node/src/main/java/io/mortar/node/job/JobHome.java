package io.mortar.node.job;

import akka.Done;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What jobs need of the volume that they work on. Safe for use by several threads. */
public interface JobHome {
    /** The volume as it is at this moment. */
    VolumeContext context();

    /** Grows with every change of the number of replicas. */
    long shapeNumber();

    /** Answers {@code question} from one state of the rows. Blocks. */
    <T> T read(Function<Rows, T> question);

    /** Has the coordinator carry {@code command} out. Fails when no answer comes in time: it may be repeated then. */
    CompletionStage<JobOutcome> submit(JobCommand command);

    /**
     * Has {@code target} get a chunk from one of {@code sources}; completes when it is durable there. Fails with
     * {@link io.mortar.core.refusal.RefusedException}, also when nobody answers.
     */
    CompletionStage<Done> copy(ChunkId chunk, int sizeBytes, long order, BrickId target, List<BrickId> sources);

    /** Number of the departure of {@code brick}; 0 if it stays. */
    int departure(BrickId brick);

    /** Tells that provably nothing is on {@code brick} any more, and that nothing will be as long as this {@code departure} lasts. */
    void vacated(BrickId brick, int departure);

    JobSettings settings();
}
