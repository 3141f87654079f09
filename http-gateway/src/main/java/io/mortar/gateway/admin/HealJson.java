package io.mortar.gateway.admin;

import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.namespace.Outcome;
import java.util.List;

/**
 * What is to be healed in a volume, as {@code docs/api.md} describes it.
 *
 * @param paused whether somebody paused the job that heals
 * @param filesLeft sum over the bricks: a file that two bricks lack counts twice
 */
record HealJson(String volume, boolean paused, long filesLeft, List<BrickJson> bricks) {
    record BrickJson(
            String brick, String brickId, long filesLeft, long healedFiles, long copiedBytes, String lastError) {
        static BrickJson of(Outcome.BrickHealing brick) {
            return new BrickJson(
                    brick.location().toString(),
                    brick.brick().toString(),
                    brick.filesLeft(),
                    brick.healedCount(),
                    brick.copiedBytes(),
                    brick.lastError());
        }
    }

    static HealJson of(String volume, Outcome.Healing healing, List<JobStatus> jobs) {
        return new HealJson(
                volume,
                jobs.stream().anyMatch(job -> job.kind() == JobKind.HEAL && job.state() == JobState.PAUSED),
                healing.bricks().stream()
                        .mapToLong(Outcome.BrickHealing::filesLeft)
                        .sum(),
                healing.bricks().stream().map(BrickJson::of).toList());
    }
}
