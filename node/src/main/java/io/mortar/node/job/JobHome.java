package io.mortar.node.job;

import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
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

    /** Never fails. */
    CompletionStage<CopyResult> copy(ChunkCopy copy);

    /** Tells that provably nothing is on {@code brick} any more, and that nothing will be as long as it is leaving. */
    void vacated(BrickId brick);

    JobSettings settings();
}
