package io.mortar.journal.quorum;

import akka.NotUsed;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.scaladsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.scaladsl.CurrentPersistenceIdsQuery;
import akka.persistence.query.scaladsl.ReadJournal;
import akka.stream.scaladsl.Source;

/** {@link QuorumReadJournal} for Scala. */
public final class QuorumScalaReadJournal
        implements ReadJournal, CurrentEventsByPersistenceIdQuery, CurrentPersistenceIdsQuery {
    private final Queries queries;

    QuorumScalaReadJournal(Queries queries) {
        this.queries = queries;
    }

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
            String persistenceId, long fromSequenceNr, long toSequenceNr) {
        return queries.events(persistenceId, fromSequenceNr, toSequenceNr).asScala();
    }

    @Override
    public Source<String, NotUsed> currentPersistenceIds() {
        return queries.persistenceIds().asScala();
    }
}
