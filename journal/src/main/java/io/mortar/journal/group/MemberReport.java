package io.mortar.journal.group;

import akka.Done;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the actors of a group let everybody in this process see. */
final class MemberReport {
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CompletableFuture<Done> stopped = new CompletableFuture<>();
    private volatile GroupStatus status;

    MemberReport(GroupStatus first) {
        this.status = first;
    }

    void update(GroupStatus now) {
        status = now;
    }

    GroupStatus status() {
        return status;
    }

    void fail(Throwable cause) {
        failure.complete(cause);
    }

    void stop() {
        stopped.complete(Done.done());
    }

    /** Completes when this member is broken for good. */
    CompletionStage<Throwable> failure() {
        return failure.minimalCompletionStage();
    }

    /** Completes when the stores are closed. */
    CompletionStage<Done> stopped() {
        return stopped.minimalCompletionStage();
    }
}
