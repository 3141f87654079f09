package io.mortar.client.stage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Akka hands out Scala futures as stages whose every dependent step is asynchronous, on the common pool; and where the
 * machine has fewer than three processors {@link CompletableFuture} has no common pool and starts a thread for each step.
 * That was a third of the processor time of a metadata operation. Every stage that comes from an ask or from the end of a
 * stream passes through here before anything depends on it.
 */
public final class Stages {
    private Stages() {}

    /** {@code stage}, completed by {@code executor} in one step; what depends on the result runs there too, without another hop. */
    public static <T> CompletionStage<T> on(Executor executor, CompletionStage<T> stage) {
        CompletableFuture<T> direct = new CompletableFuture<>();
        stage.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        direct.complete(value);
                    } else {
                        direct.completeExceptionally(failure);
                    }
                },
                executor);
        return direct;
    }
}
