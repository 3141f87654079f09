package io.mortar.core.namespace;

import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeId;
import java.util.List;

/** Answer to a {@link Command} or {@link Query}. */
public sealed interface Outcome {
    record FileFound(FileView file) implements Outcome {}

    record DirectoryFound(long inode, long modifiedMillis) implements Outcome {}

    /**
     * One page of a directory, names in byte order.
     *
     * @param volume the volume that was asked; with an entry's inode and generation it makes the file's tag
     * @param complete whether no entries follow the last one here
     */
    record Listing(VolumeId volume, List<Entry> entries, boolean complete) implements Outcome {
        public Listing {
            entries = List.copyOf(entries);
        }

        /** The tag of a file in this page. */
        public ETag etag(Entry file) {
            return ETag.of(new FileVersion(volume, file.inode(), file.generation()));
        }
    }

    /** One name in a directory; size and generation are 0 for directories. */
    record Entry(String name, boolean directory, long inode, long generation, long sizeBytes, long modifiedMillis) {}

    /**
     * Chunks may be written to {@code striping}'s bricks until the lease runs out.
     *
     * @param locations of {@code striping}'s bricks, in the same order
     * @param leaseMillis time to the end of the lease unless it is renewed
     * @param copiesMin copies of each chunk that must be stored; 0 from a node that knows of no replicas
     * @param unavailable bricks of {@code striping} that take no chunks now
     */
    record WriteOpened(
            FileVersion version,
            Striping striping,
            List<BrickLocation> locations,
            long leaseMillis,
            int copiesMin,
            List<BrickId> unavailable)
            implements Outcome {
        public WriteOpened {
            locations = List.copyOf(locations);
            unavailable = List.copyOf(unavailable);
        }
    }

    /** @param added whether it was not known before */
    record DamageNoted(boolean added) implements Outcome {}

    /** What is to be healed in a volume; bricks that lack nothing and were not healed lately are left out. */
    record Healing(List<BrickHealing> bricks) implements Outcome {
        public Healing {
            bricks = List.copyOf(bricks);
        }
    }

    /**
     * How far a brick is.
     *
     * @param filesLeft files of which the brick lacks chunks
     * @param healedCount files that were healed since the present leader began
     * @param copiedBytes stored on it since then
     * @param lastError why healing did not go on when it was tried last; empty if it did
     */
    record BrickHealing(
            BrickId brick,
            BrickLocation location,
            long filesLeft,
            long healedCount,
            long copiedBytes,
            String lastError) {}

    /** The job with this number is under way. */
    record JobStarted(long id) implements Outcome {}

    record JobChanged(JobState state) implements Outcome {}

    /** The jobs of a volume, by number. */
    record JobsListed(List<JobStatus> jobs) implements Outcome {
        public JobsListed {
            jobs = List.copyOf(jobs);
        }
    }

    record JobFailuresListed(List<JobFailure> failures) implements Outcome {
        public JobFailuresListed {
            failures = List.copyOf(failures);
        }
    }

    /** What a change of the volume would take. */
    record ChangePlanned(ChangePlan plan) implements Outcome {}

    record QuotaSet(DirectoryQuota quota) implements Outcome {}

    /**
     * Some of the quotas of a volume.
     *
     * @param next where the next page begins; 0 for the last page
     */
    record QuotasListed(List<DirectoryQuota> quotas, long next) implements Outcome {
        public QuotasListed {
            quotas = List.copyOf(quotas);
        }
    }

    record Written(FileVersion version, boolean created, long modifiedMillis) implements Outcome {}

    record WriteAborted() implements Outcome {}

    record Removed() implements Outcome {}

    record DirectoryMade(boolean created) implements Outcome {}

    record Moved(boolean replaced) implements Outcome {}

    record LeaseRenewed(long leaseMillis) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
}
