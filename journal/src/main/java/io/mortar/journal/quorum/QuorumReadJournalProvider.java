package io.mortar.journal.quorum;

import akka.actor.ExtendedActorSystem;
import akka.persistence.query.ReadJournalProvider;
import com.typesafe.config.Config;

/** Made by Akka for {@code mortar.query.quorum}. */
public final class QuorumReadJournalProvider implements ReadJournalProvider {
    private final Queries queries;

    public QuorumReadJournalProvider(ExtendedActorSystem system, Config config) {
        queries = new Queries(system, config);
    }

    @Override
    public QuorumScalaReadJournal scaladslReadJournal() {
        return new QuorumScalaReadJournal(queries);
    }

    @Override
    public QuorumReadJournal javadslReadJournal() {
        return new QuorumReadJournal(queries);
    }
}
