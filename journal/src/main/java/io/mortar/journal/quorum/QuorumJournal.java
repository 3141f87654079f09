package io.mortar.journal.quorum;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.rows.AtomicWrites;
import io.mortar.journal.rows.EventLog;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.Payloads;
import io.mortar.journal.rows.ScalaFutures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import scala.concurrent.Future;

/**
 * The Akka Persistence journal {@code mortar.journal.quorum}. A write is reported as done when a majority of the group has it on stable
 * storage; as rejected, with nothing written, when an event cannot be serialized or is too large, when the disk is nearly full, or when
 * too many writes wait; as failed otherwise, and then whether it was written is not known until the actor has recovered again.
 *
 * <p>It works on the node that leads, for actors that recovered under the leadership that is current. An actor whose leadership has ended
 * is fenced off: the journal remembers the term under which an actor was told its highest number, and writes for it in that term only.
 * That is enough, because
 *
 * <ul>
 *   <li>the log appends for a term only while this node leads it, and a term has one leader: so no other node writes between what an
 *       actor recovered and what it writes;
 *   <li>before the actor is told its number, the log confirms that this node still leads, and has applied all that was acknowledged:
 *       so what an actor recovers from is not stale;
 *   <li>the snapshot and the number after it are of the same term, or recovery fails;
 *   <li>within a term, an entry whose outcome is unknown ends the term for this journal;
 *   <li>within a term and this node, a second instance of an actor would write a number that is taken, and fails. As with every journal
 *       the application starts one instance at a time, and stops it when its leadership has ended.
 * </ul>
 *
 * <p>{@code FencingTest} guards this.
 */
public final class QuorumJournal extends AsyncWriteJournal {
    private final QuorumStore store;
    private final Payloads payloads;

    /** Made by Akka. */
    public QuorumJournal() {
        store = QuorumPersistence.store(context().system());
        payloads = new Payloads(context().system(), store.settings().eventBytesMax());
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        return ScalaFutures.of(new WriteRequest(store).write(AtomicWrites.serialize(messages, payloads)));
    }

    /** In steps, so that others' writes are not kept waiting by a long deletion. Images are not deleted. */
    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        CompletionStage<Boolean> deleted = store.forActor(
                persistenceId,
                term -> store.submit(term, rows -> Highest.of(persistenceId, rows))
                        .thenCompose(highest -> highest.keepsImages()
                                ? CompletableFuture.completedFuture(true)
                                : deleteSteps(term, persistenceId, Math.min(toSequenceNr, highest.number()))));
        return ScalaFutures.of(deleted.thenAccept(isComplete -> {}));
    }

    private CompletionStage<Boolean> deleteSteps(long term, String persistenceId, long toSequenceNr) {
        return store.submit(term, rows -> EventLog.deleteSome(persistenceId, toSequenceNr, rows))
                .thenCompose(isComplete -> isComplete
                        ? CompletableFuture.completedFuture(true)
                        : deleteSteps(term, persistenceId, toSequenceNr));
    }

    /** The last step of a recovery but for the events: from here on the actor may write for the leadership that was confirmed. */
    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return ScalaFutures.of(store.confirmed().thenApply(term -> {
            long highest = Highest.of(persistenceId, store.rows()).number();
            store.recoveries().completed(persistenceId, term);
            return highest;
        }));
    }

    /** Fails with {@link LeadershipLostException} when the leadership under which the highest number was read has ended. */
    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId,
            long fromSequenceNr,
            long toSequenceNr,
            long max,
            Consumer<PersistentRepr> replayCallback) {
        EventLog.Range range = new EventLog.Range(fromSequenceNr, toSequenceNr, max);
        return ScalaFutures.of(store.forActor(persistenceId, store::confirm)
                .thenRunAsync(
                        () -> EventLog.replay(store.rows(), persistenceId, range, payloads, stored -> {
                            replayCallback.accept(stored.event());
                            return true;
                        }),
                        store.replayExecutor()));
    }
}
