package io.mortar.journal.local;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.rows.AtomicWrites;
import io.mortar.journal.rows.EventLog;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.JournalOverloadedException;
import io.mortar.journal.rows.Payloads;
import io.mortar.journal.rows.ScalaFutures;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import scala.concurrent.Future;

/**
 * The Akka Persistence journal {@code mortar.journal.local}. A write is reported as done when it is on stable storage; as rejected, with
 * nothing written, when an event cannot be serialized, when the disk is nearly full, or when too many writes wait; as failed otherwise,
 * and then whether it was written is not known until the actor has recovered.
 */
public final class LocalJournal extends AsyncWriteJournal {
    private final LocalStore local;
    private final Payloads payloads;
    private final Executor replays;

    /** Made by Akka. */
    public LocalJournal() {
        local = LocalStore.get(context().system());
        payloads = new Payloads(context().system(), local.settings().eventBytesMax());
        replays = local.replayExecutor();
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        List<AtomicWrites.Serialized> writes = AtomicWrites.serialize(messages, payloads);
        CompletionStage<Iterable<Optional<Exception>>> written = local.writer()
                .submit(rows -> {
                    writes.forEach(write -> write.append().ifPresent(append -> EventLog.append(append, rows)));
                    return true;
                })
                .handle((done, failure) -> failure == null
                        ? writes.stream()
                                .map(AtomicWrites.Serialized::rejection)
                                .toList()
                        : Collections.nCopies(writes.size(), Optional.of(rejectionOrThrown(failure))));
        return ScalaFutures.of(written);
    }

    /** Refusals from before the disk was touched are rejections: the actor may go on. Everything else is a failure. */
    private static Exception rejectionOrThrown(Throwable failure) {
        Throwable cause = ScalaFutures.cause(failure);
        if (cause instanceof KvNoSpaceException || cause instanceof JournalOverloadedException) {
            return (Exception) cause;
        }
        throw new CompletionException(cause);
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        CompletionStage<Boolean> deleted = highest(persistenceId)
                .thenCompose(highest -> deleteSteps(persistenceId, Math.min(toSequenceNr, highest)));
        return ScalaFutures.of(deleted.thenAccept(isComplete -> {}));
    }

    /** In steps, so that others' writes are not kept waiting by a long deletion. */
    private CompletionStage<Boolean> deleteSteps(String persistenceId, long toSequenceNr) {
        return local.writer()
                .submit(rows -> EventLog.deleteSome(persistenceId, toSequenceNr, rows))
                .thenCompose(isComplete -> isComplete
                        ? CompletableFuture.completedFuture(true)
                        : deleteSteps(persistenceId, toSequenceNr));
    }

    /** Asked in line with writes: a restarted actor may ask while a write of its previous life is on its way. */
    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return ScalaFutures.of(highest(persistenceId));
    }

    private CompletionStage<Long> highest(String persistenceId) {
        return local.writer().submit(rows -> Highest.of(persistenceId, rows).number());
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId,
            long fromSequenceNr,
            long toSequenceNr,
            long max,
            Consumer<PersistentRepr> replayCallback) {
        return ScalaFutures.of(CompletableFuture.runAsync(
                () -> {
                    EventLog.Range range = new EventLog.Range(fromSequenceNr, toSequenceNr, max);
                    EventLog.replay(local.store(), persistenceId, range, payloads, stored -> {
                        replayCallback.accept(stored.event());
                        return true;
                    });
                },
                replays));
    }
}
