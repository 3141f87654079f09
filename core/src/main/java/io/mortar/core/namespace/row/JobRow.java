package io.mortar.core.namespace.row;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.job.Surplus;
import io.mortar.core.pool.BrickId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as of its last checkpoint.
 *
 * @param subject the brick that it is about, or null
 * @param parameter for {@link JobKind#RESHAPE} the number of the shape, else 0
 * @param limitBytesPerSecond 0 for the configured rate
 * @param endedMillis 0 before its end
 * @param surpluses what bricks have yet to give away or to get; only of {@link JobKind#REBALANCE}
 * @param lastError empty if all goes well
 */
public record JobRow(
        JobKind kind,
        JobState state,
        @Nullable BrickId subject,
        long parameter,
        long limitBytesPerSecond,
        long startedMillis,
        long endedMillis,
        JobPosition position,
        JobCounts counts,
        JobFindings findings,
        List<Surplus> surpluses,
        String lastError) {
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 2 + 1 + 16 + 4 * Long.BYTES + 12 + 4 + 5 * Long.BYTES + 4 * Long.BYTES + 2;
    private static final int SURPLUS_BYTES = 3 * Long.BYTES;
    private static final int ERROR_CHARS_MAX = 1000;

    public JobRow {
        surpluses = List.copyOf(surpluses);
        lastError = lastError.length() > ERROR_CHARS_MAX ? lastError.substring(0, ERROR_CHARS_MAX) : lastError;
    }

    /** One that begins. */
    public static JobRow begin(JobKind kind, @Nullable BrickId subject, long parameter, long nowMillis) {
        return new JobRow(
                kind,
                JobState.RUNNING,
                subject,
                parameter,
                0,
                nowMillis,
                0,
                JobPosition.START,
                JobCounts.NONE,
                JobFindings.NONE,
                List.of(),
                "");
    }

    public JobRow in(JobState next, long nextEndedMillis, String error) {
        return new JobRow(
                kind,
                next,
                subject,
                parameter,
                limitBytesPerSecond,
                startedMillis,
                nextEndedMillis,
                position,
                counts,
                findings,
                surpluses,
                error);
    }

    public JobRow limitedTo(long bytesPerSecond) {
        return new JobRow(
                kind,
                state,
                subject,
                parameter,
                bytesPerSecond,
                startedMillis,
                endedMillis,
                position,
                counts,
                findings,
                surpluses,
                lastError);
    }

    public JobRow at(
            JobPosition nextPosition,
            JobCounts nextCounts,
            JobFindings nextFindings,
            List<Surplus> nextSurpluses,
            String error) {
        return new JobRow(
                kind,
                state,
                subject,
                parameter,
                limitBytesPerSecond,
                startedMillis,
                endedMillis,
                nextPosition,
                nextCounts,
                nextFindings,
                nextSurpluses,
                error);
    }

    /** Bytes per second that it keeps to: its own limit, or {@code configured} without one. */
    public long rateOr(long configured) {
        return limitBytesPerSecond > 0 ? limitBytesPerSecond : configured;
    }

    public static JobRow decode(byte[] value) {
        return RowReader.read(Table.JOB, VERSION, value, JobRow::read);
    }

    private static JobRow read(RowReader in) {
        JobKind kind = kind(in.u8());
        JobState state = state(in.u8());
        boolean hasSubject = in.u8() != 0;
        UUID subject = new UUID(in.u64(), in.u64());
        long parameter = in.u64();
        long limit = in.u64();
        long started = in.u64();
        long ended = in.u64();
        JobPosition position = new JobPosition(in.u32(), in.u64(), in.u32());
        JobCounts counts = new JobCounts(in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
        JobFindings findings = new JobFindings(in.u64(), in.u64(), in.u64(), in.u64());
        int surplusCount = in.u16();
        List<Surplus> surpluses = new ArrayList<>(surplusCount);
        for (int i = 0; i < surplusCount; i++) {
            surpluses.add(new Surplus(new BrickId(new UUID(in.u64(), in.u64())), in.u64()));
        }
        return new JobRow(
                kind,
                state,
                hasSubject ? new BrickId(subject) : null,
                parameter,
                limit,
                started,
                ended,
                position,
                counts,
                findings,
                surpluses,
                new String(in.rest(), StandardCharsets.UTF_8));
    }

    public byte[] encode() {
        byte[] error = lastError.getBytes(StandardCharsets.UTF_8);
        UUID id = subject == null ? new UUID(0, 0) : subject.value();
        RowWriter out = RowWriter.of(Table.JOB, VERSION, FIXED_BYTES + surpluses.size() * SURPLUS_BYTES + error.length)
                .u8(number(kind))
                .u8(number(state))
                .u8(subject == null ? 0 : 1)
                .u64(id.getMostSignificantBits())
                .u64(id.getLeastSignificantBits())
                .u64(parameter)
                .u64(limitBytesPerSecond)
                .u64(startedMillis)
                .u64(endedMillis)
                .u32(position.phase())
                .u64(position.inode())
                .u32(position.index())
                .u64(counts.files())
                .u64(counts.bytes())
                .u64(counts.filesTotal())
                .u64(counts.bytesTotal())
                .u64(counts.failed())
                .u64(findings.corrupt())
                .u64(findings.missing())
                .u64(findings.repaired())
                .u64(findings.orphaned())
                .u16(surpluses.size());
        for (Surplus surplus : surpluses) {
            out.u64(surplus.brick().value().getMostSignificantBits())
                    .u64(surplus.brick().value().getLeastSignificantBits())
                    .u64(surplus.bytes());
        }
        return out.bytes(error).done();
    }

    /** Numbers in rows do not follow the order in which the kinds are declared. */
    private static int number(JobKind kind) {
        return switch (kind) {
            case HEAL -> 1;
            case PURGE -> 2;
            case REBUILD -> 3;
            case DRAIN -> 4;
            case RESHAPE -> 5;
            case REBALANCE -> 6;
            case SCRUB -> 7;
        };
    }

    private static JobKind kind(int number) {
        for (JobKind kind : JobKind.values()) {
            if (number(kind) == number) {
                return kind;
            }
        }
        throw new RowFormatException("job has unknown kind " + number);
    }

    private static int number(JobState state) {
        return switch (state) {
            case RUNNING -> 1;
            case PAUSED -> 2;
            case DONE -> 3;
            case FAILED -> 4;
            case CANCELLED -> 5;
        };
    }

    private static JobState state(int number) {
        for (JobState state : JobState.values()) {
            if (number(state) == number) {
                return state;
            }
        }
        throw new RowFormatException("job has unknown state " + number);
    }
}
