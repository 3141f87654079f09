package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Makes a chunk that is sent again while it is being stored wait for the first attempt, so that no two ever write one chunk. */
final class StoresInFlight {
    private final ConcurrentHashMap<ChunkId, Running> running = new ConcurrentHashMap<>();

    private record Running(List<Integer> checksums, CompletableFuture<Void> done) {}

    /** Starts {@code work}, or joins what was started for the same chunk with the same content. */
    CompletableFuture<Void> once(ChunkId chunk, List<Integer> checksums, Supplier<CompletableFuture<Void>> work) {
        Running mine = new Running(checksums, new CompletableFuture<>());
        Running first = running.putIfAbsent(chunk, mine);
        if (first != null) {
            return first.checksums.equals(checksums)
                    ? first.done.copy()
                    : CompletableFuture.failedFuture(ChunkRows.differs(chunk));
        }
        CompletionStage<Void> started = work.get();
        started.whenComplete((done, error) -> {
            running.remove(chunk, mine);
            if (error == null) {
                mine.done.complete(null);
            } else {
                mine.done.completeExceptionally(error);
            }
        });
        return mine.done;
    }
}
