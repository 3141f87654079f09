package io.mortar.journal.quorum;

import akka.NotUsed;
import akka.actor.ExtendedActorSystem;
import akka.japi.Pair;
import akka.persistence.Persistence;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.EventAdapters;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import io.mortar.journal.rows.EventLog;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.Payloads;
import io.mortar.journal.rows.PersistenceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import scala.jdk.javaapi.CollectionConverters;

/** The queries, page by page: between two pages nothing of the store is held, so a slow consumer costs one page of memory. */
final class Queries {
    private final QuorumStore store;
    private final Payloads payloads;
    private final EventAdapters adapters;
    private final int pageBytesMax;
    private final int pageIdsMax;

    Queries(ExtendedActorSystem system, Config config) {
        store = QuorumPersistence.store(system);
        payloads = new Payloads(system, store.settings().eventBytesMax());
        adapters = Persistence.get(system).adaptersFor(QuorumSettings.PATH);
        pageBytesMax = Math.toIntExact(config.getBytes("page-bytes-max"));
        pageIdsMax = config.getInt("page-ids-max");
    }

    /** A page, and where the next one begins: there is none behind an empty position. */
    private record Page<S, T>(Optional<S> next, List<T> content) {}

    /** The numbers that are still to be read. */
    private record Numbers(long from, long to) {}

    Source<EventEnvelope, NotUsed> events(String persistenceId, long from, long to) {
        return pages(
                () -> new Numbers(
                        Math.max(1, from),
                        Math.min(to, Highest.of(persistenceId, store.rows()).number())),
                numbers -> eventPage(persistenceId, numbers));
    }

    private Page<Numbers, EventEnvelope> eventPage(String persistenceId, Numbers numbers) {
        EventReader reader = new EventReader();
        if (numbers.from() <= numbers.to()) {
            EventLog.Range range = new EventLog.Range(numbers.from(), numbers.to(), Long.MAX_VALUE);
            EventLog.replay(store.rows(), persistenceId, range, payloads, reader::read);
        }
        Optional<Numbers> next =
                reader.isFull() ? Optional.of(new Numbers(reader.last + 1, numbers.to())) : Optional.empty();
        return new Page<>(next, reader.events);
    }

    /** Collects one page of events. */
    private final class EventReader {
        private final List<EventEnvelope> events = new ArrayList<>();
        private long sizeBytes;
        private long last;

        boolean isFull() {
            return sizeBytes >= pageBytesMax;
        }

        /** Returns whether there is room for more. */
        boolean read(EventLog.Stored stored) {
            PersistentRepr event = stored.event();
            CollectionConverters.asJava(adapters.get(event.payload().getClass())
                            .fromJournal(event.payload(), event.manifest())
                            .events())
                    .forEach(adapted -> events.add(envelope(event, adapted)));
            sizeBytes += stored.sizeBytes();
            last = event.sequenceNr();
            return !isFull();
        }
    }

    private static EventEnvelope envelope(PersistentRepr event, Object adapted) {
        long number = event.sequenceNr();
        return new EventEnvelope(
                Offset.sequence(number), event.persistenceId(), number, adapted, event.timestamp(), event.metadata());
    }

    Source<String, NotUsed> persistenceIds() {
        return pages(Optional::<String>empty, this::idPage);
    }

    private Page<Optional<String>, String> idPage(Optional<String> after) {
        List<String> ids = PersistenceIds.page(store.rows(), after, pageIdsMax);
        boolean isFull = ids.size() == pageIdsMax;
        return new Page<>(isFull ? Optional.of(Optional.of(ids.get(pageIdsMax - 1))) : Optional.empty(), ids);
    }

    /** Reads a page and says which step is next; empty at the end. */
    private interface Step<T> {
        CompletionStage<Optional<Pair<Step<T>, List<T>>>> run();
    }

    /** The first step begins once it is certain that what this node has is not stale. */
    private <S, T> Source<T, NotUsed> pages(Supplier<S> begin, Function<S, Page<S, T>> read) {
        Step<T> first = () -> store.confirmed()
                .thenApplyAsync(term -> content(read.apply(begin.get()), read), store.replayExecutor());
        return Source.unfoldAsync(first, Step::run).mapConcat(page -> page);
    }

    private <S, T> Step<T> step(S position, Function<S, Page<S, T>> read) {
        return () -> CompletableFuture.supplyAsync(() -> content(read.apply(position), read), store.replayExecutor());
    }

    private <S, T> Optional<Pair<Step<T>, List<T>>> content(Page<S, T> page, Function<S, Page<S, T>> read) {
        Step<T> end = () -> CompletableFuture.completedFuture(Optional.empty());
        Step<T> next = page.next().map(position -> step(position, read)).orElse(end);
        return Optional.of(Pair.create(next, page.content()));
    }
}
