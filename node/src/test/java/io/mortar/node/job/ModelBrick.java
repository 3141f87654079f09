package io.mortar.node.job;

import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A brick that keeps to {@code docs/formats/brick.md}: chunks and fences are durable, everything else is not. */
final class ModelBrick {
    final BrickId id;
    final BrickLocation location;
    private final Mutation mutation;
    private final Map<FileVersion, Map<Integer, Integer>> chunks = new HashMap<>();
    private final Map<FileVersion, Fence> fences = new HashMap<>();
    long sizeBytes;
    boolean up = true;
    /** With all that is on it, for good. */
    boolean lost;

    /** Grows when a chunk comes or goes. */
    long changeCount;

    boolean leaving;
    int departure;

    @Nullable
    BrickId successor;

    /** @param columns that are kept; null for all */
    private record Fence(
            long order, int seed, int width, @Nullable List<Integer> columns) {
        boolean keeps(int index) {
            return columns == null || columns.contains((int) Math.floorMod((long) seed + index, (long) width));
        }
    }

    /** What became of a chunk that was to be stored. */
    enum Stored {
        STORED,
        REFUSED,
        FULL
    }

    ModelBrick(BrickId id, BrickLocation location, long sizeBytes, Mutation mutation) {
        this.id = id;
        this.location = location;
        this.sizeBytes = sizeBytes;
        this.mutation = mutation;
    }

    BrickState state() {
        return new BrickState(
                id,
                location,
                up && !leaving,
                sizeBytes - usedBytes(),
                up,
                usedBytes(),
                leaving,
                leaving ? successor : null);
    }

    long usedBytes() {
        return chunks.values().stream()
                .flatMap(indexes -> indexes.values().stream())
                .mapToLong(Integer::intValue)
                .sum();
    }

    boolean has(FileVersion version, int index) {
        return chunks.getOrDefault(version, Map.of()).containsKey(index);
    }

    Map<FileVersion, Map<Integer, Integer>> chunks() {
        return chunks;
    }

    /** Writes the fence of a fetch; false if the fetch is refused. */
    boolean beginFetch(ChunkId chunk, long order) {
        if (!admits(chunk, order)) {
            return false;
        }
        Fence fence = fences.get(chunk.file());
        if (order > 0 && (fence == null || order > fence.order)) {
            fences.put(chunk.file(), new Fence(order, 0, 1, null));
        }
        return true;
    }

    Stored store(ChunkId chunk, int size, long order) {
        if (!admits(chunk, order)) {
            return Stored.REFUSED;
        }
        if (!has(chunk.file(), chunk.index()) && usedBytes() + size > sizeBytes) {
            return Stored.FULL;
        }
        changeCount++;
        chunks.computeIfAbsent(chunk.file(), version -> new TreeMap<>()).put(chunk.index(), size);
        return Stored.STORED;
    }

    private boolean admits(ChunkId chunk, long order) {
        Fence fence = fences.get(chunk.file());
        if (fence == null || order > fence.order) {
            return true;
        }
        if (order == 0) {
            return fence.keeps(chunk.index())
                    || (mutation == Mutation.REPAIR_BEHIND_THE_FENCE && fence.order < Long.MAX_VALUE);
        }
        return (order == fence.order && fence.keeps(chunk.index()))
                || (mutation == Mutation.FETCH_BELOW_THE_FENCE && fence.order < Long.MAX_VALUE);
    }

    void drop(FileVersion version, long order, int seed, int width, List<Integer> kept) {
        Fence fence = fences.get(version);
        if (fence != null && order < fence.order && mutation != Mutation.DROP_BELOW_THE_FENCE) {
            return;
        }
        Fence next = new Fence(order, seed, width, List.copyOf(kept));
        if (fence == null || order >= fence.order) {
            fences.put(version, next);
        }
        changeCount++;
        Map<Integer, Integer> indexes = chunks.getOrDefault(version, Map.of());
        indexes.keySet().removeIf(index -> !next.keeps(index));
        if (indexes.isEmpty()) {
            chunks.remove(version);
        }
    }

    void delete(FileVersion version) {
        fences.put(version, new Fence(Long.MAX_VALUE, 0, 1, List.of()));
        changeCount++;
        chunks.remove(version);
    }

    void rot(FileVersion version, int index) {
        Map<Integer, Integer> indexes = chunks.getOrDefault(version, Map.of());
        changeCount++;
        indexes.remove(index);
        if (indexes.isEmpty()) {
            chunks.remove(version);
        }
    }

    void lose() {
        up = false;
        lost = true;
        changeCount++;
        chunks.clear();
        fences.clear();
    }
}
