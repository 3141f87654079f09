package io.mortar.node.job;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileWalk;
import io.mortar.core.pool.BrickId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file whose chunks are verified on all bricks that should have them. For use by one thread. */
final class ScrubVisit {
    /** Chunks that one brick is asked to verify at once: as few as are read within a fraction of a second. */
    private static final int CHUNKS_MAX = 16;

    private final FileWalk.Step step;
    private final Deque<BrickId> bricks;
    private int nextIndex;
    private int outstanding;
    private final List<String> problems = new ArrayList<>();

    /** What a brick is asked. */
    record Request(FileVersion version, long layout, BrickId brick, List<Integer> indexes, List<Integer> sizes) {
        long bytes() {
            return sizes.stream().mapToLong(Integer::longValue).sum();
        }
    }

    ScrubVisit(FileWalk.Step step) {
        this.step = step;
        this.bricks = new ArrayDeque<>(
                new LinkedHashSet<>(step.file().striping().layout().bricks()));
    }

    long inode() {
        return step.version().inode();
    }

    /** The next chunks to be verified; null if all were asked for. */
    @Nullable
    Request poll() {
        Striping striping = step.file().striping();
        int chunkCount = striping.chunkCount(step.file().sizeBytes());
        while (!bricks.isEmpty()) {
            BrickId brick = bricks.element();
            List<Integer> indexes = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            while (nextIndex < chunkCount && indexes.size() < CHUNKS_MAX) {
                if (striping.bricksOf(nextIndex).contains(brick)) {
                    indexes.add(nextIndex);
                    sizes.add(striping.chunkSizeBytes(nextIndex, step.file().sizeBytes()));
                }
                nextIndex++;
            }
            if (nextIndex >= chunkCount) {
                bricks.remove();
                nextIndex = 0;
            }
            if (!indexes.isEmpty()) {
                outstanding++;
                return new Request(step.version(), striping.layout().id(), brick, indexes, sizes);
            }
        }
        return null;
    }

    /** @param problem what cannot be mended; null if nothing is wrong, or the healer will see to it */
    void answered(@Nullable String problem) {
        outstanding--;
        if (problem != null) {
            problems.add(problem);
        }
    }

    boolean isThrough() {
        return bricks.isEmpty() && outstanding == 0;
    }

    /** Empty if the file is as it should be. */
    String problems() {
        return String.join("; ", problems);
    }
}
