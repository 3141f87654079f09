package io.mortar.node.job;

import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
import java.util.concurrent.CompletionStage;

/** A volume and those who copy chunks for jobs. Safe for use by several threads. */
public interface CopyHome extends JobHome {
    /** Never fails. */
    CompletionStage<CopyResult> copy(ChunkCopy copy);
}
