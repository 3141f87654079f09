package io.mortar.core.namespace;

import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.job.Surplus;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of background work, decided by the volume's coordinator like the changes of users. All of them may be repeated. */
public sealed interface JobCommand {
    /**
     * Begins a job, unless one of this kind and subject is under way. Answered with {@link JobOutcome.Started}.
     *
     * @param parameter see {@link io.mortar.core.namespace.row.JobRow}
     */
    record Start(JobKind kind, @Nullable BrickId subject, long parameter) implements JobCommand {}

    /** What a user does with a job; {@code value} is the limit of LIMIT, else 0. Answered with {@link JobOutcome.Changed}. */
    record Control(long job, JobAction action, long value) implements JobCommand {}

    /**
     * Makes durable how far a job is. Nothing if it is not running. Answered with {@link JobOutcome.Changed}.
     *
     * @param counts the number of failed items in it is ignored
     * @param failed items that failed since the last checkpoint
     * @param mended items that had failed before and are done now
     */
    record Checkpoint(
            long job,
            JobPosition position,
            JobCounts counts,
            JobFindings findings,
            List<Surplus> surpluses,
            List<FailedItem> failed,
            List<Long> mended,
            String lastError)
            implements JobCommand {
        public Checkpoint {
            surpluses = List.copyOf(surpluses);
            failed = List.copyOf(failed);
            mended = List.copyOf(mended);
        }
    }

    /** A file that a job could not do. */
    record FailedItem(long inode, String reason) {}

    /** Ends a job. Nothing if it has ended. Answered with {@link JobOutcome.Changed}. */
    record End(long job, JobState state, String lastError) implements JobCommand {}

    /**
     * Takes note that {@code version}'s chunks are copied to other bricks from now on. Answered with {@link JobOutcome.Begun}, or
     * {@link JobOutcome.NotBegun} when the file is gone or elsewhere, or a brick that is to get chunks takes none.
     */
    record BeginRelocation(long job, FileVersion version, long fromLayout, List<BrickId> bricks, int replicaCount)
            implements JobCommand {
        public BeginRelocation {
            bricks = List.copyOf(bricks);
        }
    }

    /** All chunks are copied, durably: the file has its new layout from here on. Answered with {@link JobOutcome.Ended}. */
    record FinishRelocation(long inode, long order) implements JobCommand {}

    /**
     * Takes note of chunks that {@code brick} should have and has not, or not intact, for healing. Answered with {@link JobOutcome.Noted}.
     *
     * @param layout that the file had when this was found; nothing is noted if it has another one now
     */
    record NoteDamage(FileVersion version, long layout, BrickId brick, List<Integer> indexes) implements JobCommand {
        public NoteDamage {
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * Has the chunks of {@code version} deleted from {@code brick} if no file, upload or move has them there. Answered with
     * {@link JobOutcome.Noted}.
     */
    record DropOrphan(FileVersion version, BrickId brick) implements JobCommand {}

    /** The file stays where it was; what was copied is deleted. Answered with {@link JobOutcome.Ended}. */
    record AbandonRelocation(long inode, long order) implements JobCommand {}
}
