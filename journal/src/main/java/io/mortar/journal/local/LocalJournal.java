package io.mortar.journal.local;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import io.mortar.journal.kv.KvNoSpaceException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Akka Persistence journal {@code mortar.journal.local}. A write is reported as done when it is on stable storage; as rejected, with
 * nothing written, when an event cannot be serialized, when the disk is nearly full, or when too many writes wait; as failed otherwise,
 * and then whether it was written is not known until the actor has recovered.
 */
public final class LocalJournal extends AsyncWriteJournal {
    private final LocalStore local;
    private final Payloads payloads;
    private final Executor replays;
    private final EventLog log;

    /** Made by Akka. */
    public LocalJournal() {
        local = LocalStore.get(context().system());
        payloads = new Payloads(context().system(), local.settings().eventBytesMax());
        replays = local.replayExecutor();
        log = new EventLog(local.store(), payloads);
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        List<Optional<Exception>> answers = new ArrayList<>();
        List<EventLog.Append> accepted = new ArrayList<>();
        for (AtomicWrite write : messages) {
            try {
                accepted.add(serialize(write));
                answers.add(Optional.empty());
            } catch (NotSerializableException | RuntimeException e) {
                answers.add(Optional.of(e));
            }
        }
        CompletionStage<Iterable<Optional<Exception>>> written = local.writer()
                .submit(rows -> {
                    accepted.forEach(append -> EventLog.append(append, rows));
                    return (Iterable<Optional<Exception>>) answers;
                })
                .handle((result, failure) -> failure == null ? result : rejectedOrThrown(answers.size(), failure));
        return ScalaFutures.of(written);
    }

    private EventLog.Append serialize(AtomicWrite write) throws NotSerializableException {
        List<EventRow> events = new ArrayList<>();
        for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
            events.add(EventRow.of(event, payloads));
        }
        return new EventLog.Append(write.persistenceId(), write.lowestSequenceNr(), events);
    }

    /** Refusals from before the disk was touched are rejections: the actor may go on. Everything else is a failure. */
    private static Iterable<Optional<Exception>> rejectedOrThrown(int count, Throwable failure) {
        Throwable cause = ScalaFutures.cause(failure);
        if (cause instanceof KvNoSpaceException || cause instanceof JournalOverloadedException) {
            List<Optional<Exception>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                answers.add(Optional.of((Exception) cause));
            }
            return answers;
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
        return local.writer().submit(rows -> EventLog.highest(persistenceId, rows));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId,
            long fromSequenceNr,
            long toSequenceNr,
            long max,
            Consumer<PersistentRepr> replayCallback) {
        return ScalaFutures.of(CompletableFuture.runAsync(
                () -> log.replay(persistenceId, new EventLog.Range(fromSequenceNr, toSequenceNr, max), replayCallback),
                replays));
    }
}
