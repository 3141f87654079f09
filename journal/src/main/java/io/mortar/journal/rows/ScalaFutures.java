package io.mortar.journal.rows;

import akka.dispatch.Futures;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** Futures as Akka's plugin interfaces want them: failed with the failure itself, not with a wrapper around it. */
public final class ScalaFutures {
    private ScalaFutures() {}

    public static <T> Future<T> of(CompletionStage<T> stage) {
        Promise<T> promise = Futures.promise();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                promise.success(value);
            } else {
                promise.failure(cause(failure));
            }
        });
        return promise.future();
    }

    /** What made a stage fail. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
