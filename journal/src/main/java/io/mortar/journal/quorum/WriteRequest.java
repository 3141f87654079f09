package io.mortar.journal.quorum;

import io.mortar.journal.rows.AtomicWrites;
import io.mortar.journal.rows.EventLog;
import io.mortar.journal.rows.RowChanges;
import io.mortar.journal.rows.ScalaFutures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The atomic writes that Akka hands over at once. They may end up in several log entries, since an entry is limited; once one of them has
 * failed those behind it are not written, and the request fails as a whole.
 */
final class WriteRequest {
    private final QuorumStore store;
    private volatile boolean failed;

    WriteRequest(QuorumStore store) {
        this.store = store;
    }

    /** One answer for each write: empty when it is durable, or why it was rejected. */
    CompletionStage<Iterable<Optional<Exception>>> write(List<AtomicWrites.Serialized> writes) {
        List<CompletableFuture<Optional<Exception>>> answers = new ArrayList<>();
        for (AtomicWrites.Serialized write : writes) {
            CompletionStage<Optional<Exception>> answer = write.append()
                    .map(this::submit)
                    .orElseGet(() -> CompletableFuture.completedFuture(write.rejection()));
            answers.add(answer.toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<Optional<Exception>> submit(EventLog.Append append) {
        return store.forActor(append.persistenceId(), term -> store.submit(term, rows -> append(append, rows)))
                .handle((done, failure) ->
                        failure == null ? Optional.empty() : Optional.of(rejectionOrThrown(failure)));
    }

    /** Runs as work of the writer, write after write. */
    private boolean append(EventLog.Append append, RowChanges rows) {
        if (failed) {
            throw new IllegalStateException("event " + append.lowest() + " of persistence id " + append.persistenceId()
                    + " is not written, because one before it failed");
        }
        try {
            ActorRows.append(append, store.image(), rows);
        } catch (RuntimeException e) {
            failed = true;
            throw e;
        }
        store.requireEntrySize(rows);
        return true;
    }

    /** What was refused before anything was written is rejected, and the actor may go on. Everything else is a failure. */
    private static Exception rejectionOrThrown(Throwable failure) {
        Throwable cause = ScalaFutures.cause(failure);
        if (LogTarget.isRefusal(cause)) {
            return (Exception) cause;
        }
        throw new CompletionException(cause);
    }
}
