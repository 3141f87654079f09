package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import java.util.List;

/** A change of a volume's file tree. */
public sealed interface Command {
    /** Largest content that is kept in the namespace itself instead of on bricks. */
    int INLINE_SIZE_BYTES_MAX = 4096;

    /**
     * Begins a whole-file write: checks {@code condition} early, chooses a layout, grants a lease. Answered with
     * {@link Outcome.WriteOpened}.
     *
     * @param sizeBytes expected size, -1 when unknown; a size that does not fit is refused with NO_SPACE
     * @param full bricks that had no room for the file a moment ago, whatever they said last
     * @param failed bricks that did not take it for another reason
     */
    record OpenWrite(
            VolumePath path, WriteCondition condition, long sizeBytes, List<BrickId> full, List<BrickId> failed)
            implements Command {
        public OpenWrite {
            full = List.copyOf(full);
            failed = List.copyOf(failed);
        }

        /** On any bricks. */
        public OpenWrite(VolumePath path, WriteCondition condition, long sizeBytes) {
            this(path, condition, sizeBytes, List.of(), List.of());
        }
    }

    /**
     * Makes the written content visible, atomically, if {@code condition} holds at this moment; missing parents are created. Answered
     * with {@link Outcome.Written}.
     *
     * @param missing bricks of the layout that lack chunks that they should have; remembered for healing
     */
    record CommitWrite(FileVersion version, WriteCondition condition, long sizeBytes, int crc32c, List<BrickId> missing)
            implements Command {
        public CommitWrite {
            missing = List.copyOf(missing);
        }
    }

    /** Gives an open write up; its chunks are deleted. Answered with {@link Outcome.WriteAborted}, also if it is gone already. */
    record AbortWrite(FileVersion version) implements Command {}

    /**
     * Takes note that a brick's copy of a chunk is damaged or missing, for healing; nothing if the content is gone or nobody else
     * has a copy. Answered with {@link Outcome.DamageNoted}.
     */
    record ReportDamage(FileVersion version, int index, BrickId brick) implements Command {}

    /** Writes a file of at most {@link #INLINE_SIZE_BYTES_MAX} bytes in one step. Answered with {@link Outcome.Written}. */
    record PutInline(VolumePath path, WriteCondition condition, byte[] content) implements Command {}

    /**
     * Removes a file or a directory; a directory that is not empty only if {@code recursive}, and then at once with all below it.
     * Answered with {@link Outcome.Removed}.
     */
    record Remove(VolumePath path, boolean recursive, WriteCondition condition) implements Command {}

    /**
     * Makes a directory; {@code parents} makes missing ones above it and accepts an existing one. Answered with
     * {@link Outcome.DirectoryMade}.
     */
    record MakeDirectory(VolumePath path, boolean parents) implements Command {}

    /**
     * Moves a file or directory in one step; {@code condition} is of the source. A target is replaced only if {@code overwrite}, and a
     * directory only if empty. Answered with {@link Outcome.Moved}.
     */
    record Move(VolumePath from, VolumePath to, boolean overwrite, WriteCondition condition) implements Command {}

    /**
     * Limits what a directory may hold, from now on; what it holds already stays. Refused with
     * {@link io.mortar.core.refusal.RefusalCode#DIRECTORY_TOO_LARGE} for one with more than {@link Quotas#COUNTED_MAX} files and
     * directories that has no quota yet, except for the root. Answered with {@link Outcome.QuotaSet}.
     *
     * @param bytesMax sum of the sizes of all files below it; -1 for any
     * @param entriesMax files and directories below it; -1 for any
     */
    record SetQuota(VolumePath path, long bytesMax, long entriesMax) implements Command {}

    /** Answered with {@link Outcome.Removed}. */
    record RemoveQuota(VolumePath path) implements Command {}
}
