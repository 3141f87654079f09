package io.mortar.journal.quorum;

import akka.actor.ExtendedActorSystem;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.GroupWriter;
import io.mortar.journal.rows.JournalOverloadedException;
import io.mortar.journal.rows.RowChanges;
import io.mortar.journal.rows.ScalaFutures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** What the journal, the snapshot store and the read journal of an actor system share: the log that is bound, and one writer. */
final class QuorumStore {
    private static final long ROOM_WAIT_MILLIS = 50;

    private final QuorumSettings settings;
    private final ReplicatedLog log;
    private final Leadership leadership = new Leadership();
    private final Recoveries recoveries;
    private final LogTarget target;
    private final GroupWriter writer;
    private final Executor replayExecutor;
    private final Executor later;
    private final Optional<EventImage> image;

    QuorumStore(ExtendedActorSystem system, ReplicatedLog log, Optional<EventImage> image) {
        this.log = log;
        this.image = image;
        settings = QuorumSettings.of(system.settings().config().getConfig(QuorumSettings.PATH));
        recoveries = new Recoveries(settings.recoveredActorsMax());
        Executor writes = system.dispatchers().lookup(QuorumSettings.PATH + ".write-dispatcher");
        target = new LogTarget(log, leadership, writes);
        writer = new GroupWriter(target, writes, settings.groupBytesMax(), settings.pendingMax());
        replayExecutor = system.dispatchers().lookup(QuorumSettings.PATH + ".replay-dispatcher");
        later = CompletableFuture.delayedExecutor(ROOM_WAIT_MILLIS, TimeUnit.MILLISECONDS, writes);
    }

    /** Follows the leaderships of the log from now on. */
    void listen() {
        log.listen(leadership);
    }

    QuorumSettings settings() {
        return settings;
    }

    Recoveries recoveries() {
        return recoveries;
    }

    /** Runs reads that may take long. */
    Executor replayExecutor() {
        return replayExecutor;
    }

    Optional<EventImage> image() {
        return image;
    }

    KvView rows() {
        return log.journalRows();
    }

    /** Runs {@code work} in a group of leadership {@code term}, or fails with {@link LeadershipLostException}. */
    <T> CompletionStage<T> submit(long term, Function<RowChanges, T> work) {
        return writer.submit(rows -> {
            target.requireTerm(term);
            return work.apply(rows);
        });
    }

    /** Does something in the name of an actor that has recovered; fails with {@link LeadershipLostException} when it has not. */
    <T> CompletionStage<T> forActor(String persistenceId, LongFunction<CompletionStage<T>> work) {
        try {
            return work.apply(recoveries.term(persistenceId));
        } catch (LeadershipLostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletionStage<Void> confirm(long term) {
        return patiently(() -> log.confirm(term));
    }

    /**
     * What an actor that recovers asks for: it cannot be told to try again, and that others ask for much at the same time is no reason to
     * let it fail. Room comes as soon as a majority answers, and the leadership is lost if none does.
     */
    private <T> CompletionStage<T> patiently(Supplier<CompletionStage<T>> step) {
        return step.get()
                .exceptionallyCompose(failure -> isOverload(ScalaFutures.cause(failure))
                        ? CompletableFuture.runAsync(() -> {}, later).thenCompose(waited -> patiently(step))
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isOverload(Throwable failure) {
        return failure instanceof LogOverloadedException || failure instanceof JournalOverloadedException;
    }

    /** For work of the writer: throws {@link WriteTooLargeException} when its rows are more than an entry takes. */
    void requireEntrySize(RowChanges rows) {
        if (rows.sizeBytes() > settings.groupBytesMax()) {
            throw new WriteTooLargeException("rows of " + rows.sizeBytes() + " bytes are more than the "
                    + settings.groupBytesMax() + " that one write to the replicated log may have");
        }
    }

    /**
     * Completes with the present term once this node is known to lead it and to have applied all that was acknowledged before, writes
     * of an actor's previous life included.
     */
    CompletionStage<Long> confirmed() {
        try {
            long term = leadership.required();
            return confirm(term).thenCompose(confirmed -> patiently(() -> submit(term, rows -> term)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
