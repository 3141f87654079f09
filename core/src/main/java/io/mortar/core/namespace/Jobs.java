package io.mortar.core.namespace;

import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobKind;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.JobFailureRow;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The jobs of a volume, as their last checkpoints say. */
public final class Jobs {
    /** Number of the job that heals. */
    public static final long HEAL_ID = 1;

    /** Number of the job that deletes. */
    public static final long PURGE_ID = 2;

    /** Ended jobs that are remembered. */
    static final int ENDED_COUNT_MAX = 50;

    /** Failed items that are listed, per job; further ones are only found by another walk. */
    public static final int FAILURES_MAX = 5_000;

    private Jobs() {}

    public record Numbered(long id, JobRow row) {}

    /** All jobs, by number. */
    public static List<Numbered> all(Rows rows, VolumeId volume) {
        List<Numbered> jobs = new ArrayList<>();
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.JOB, volume), RowKeys.end(Table.JOB, volume))) {
            while (cursor.next()) {
                jobs.add(new Numbered(RowKeys.jobOf(cursor.key()), JobRow.decode(cursor.value())));
            }
        }
        return jobs;
    }

    public static @Nullable JobRow find(Rows rows, VolumeId volume, long job) {
        byte[] value = rows.get(RowKeys.job(volume, job));
        return value == null ? null : JobRow.decode(value);
    }

    /** Files that the last scrub found damaged, and that no copy can repair. */
    public static long scrubErrorCount(Rows rows, VolumeId volume) {
        return all(rows, volume).stream()
                .filter(job -> job.row().kind() == JobKind.SCRUB)
                .reduce((earlier, later) -> later)
                .map(job -> job.row().counts().failed())
                .orElse(0L);
    }

    /** When the volume got its first row; 0 for one that has none. */
    public static long volumeCreatedMillis(Rows rows, VolumeId volume) {
        CountersRow counters = new NamespaceReader(volume, rows).counters();
        return counters == null ? 0 : counters.createdMillis();
    }

    /** The first file above {@code after} that {@code job} failed at. */
    public static OptionalLong nextFailed(Rows rows, VolumeId volume, long job, long after) {
        try (RowCursor cursor = rows.scan(
                RowKeys.jobFailure(volume, job, after + 1), RowKeys.jobFailure(volume, job, Long.MAX_VALUE))) {
            return cursor.next() ? OptionalLong.of(RowKeys.failedInodeOf(cursor.key())) : OptionalLong.empty();
        }
    }

    /** Up to {@code limit} failed items with inodes above {@code after}, with the paths that the files have now. */
    public static List<JobFailure> failures(Rows rows, VolumeId volume, long job, long after, int limit) {
        NamespaceReader reader = new NamespaceReader(volume, rows);
        List<JobFailure> failures = new ArrayList<>();
        try (RowCursor cursor = rows.scan(
                RowKeys.jobFailure(volume, job, after + 1), RowKeys.jobFailure(volume, job, Long.MAX_VALUE))) {
            while (failures.size() < limit && cursor.next()) {
                long inode = RowKeys.failedInodeOf(cursor.key());
                JobFailureRow row = JobFailureRow.decode(cursor.value());
                failures.add(new JobFailure(inode, FilePaths.of(reader, inode), row.reason(), row.failedMillis()));
            }
        }
        return failures;
    }
}
