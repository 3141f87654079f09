package io.mortar.journal.quorum;

import akka.NotUsed;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import akka.persistence.query.javadsl.ReadJournal;
import akka.stream.javadsl.Source;

/**
 * What {@link QuorumJournal} holds, as streams that end. They work on the node that leads, and hold at least what was acknowledged before
 * they were started; elsewhere they fail with {@link io.mortar.journal.group.NotLeaderException}. Memory is bounded by one page.
 */
public final class QuorumReadJournal
        implements ReadJournal, CurrentEventsByPersistenceIdQuery, CurrentPersistenceIdsQuery {
    /** For {@code PersistenceQuery.getReadJournalFor}. */
    public static final String IDENTIFIER = "mortar.query.quorum";

    private final Queries queries;

    QuorumReadJournal(Queries queries) {
        this.queries = queries;
    }

    /**
     * The events with numbers from and to, both included, that were not deleted, up to the highest at the start; offsets are their
     * numbers. Fails for an actor whose events are kept as images, and when an event is missing or damaged.
     */
    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
            String persistenceId, long fromSequenceNr, long toSequenceNr) {
        return queries.events(persistenceId, fromSequenceNr, toSequenceNr);
    }

    /** All ids that an event was ever written for, by length and then by bytes; also those whose events are deleted by now. */
    @Override
    public Source<String, NotUsed> currentPersistenceIds() {
        return queries.persistenceIds();
    }
}
