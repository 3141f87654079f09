package io.mortar.node.job;

import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import java.util.concurrent.CompletionStage;

/** A volume and its coordinator. Safe for use by several threads. */
public interface JobHome extends JobVolume {
    /** Has the coordinator carry {@code command} out. Fails when no answer comes in time: it may be repeated then. */
    CompletionStage<JobOutcome> submit(JobCommand command);
}
