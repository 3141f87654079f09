package io.mortar.node.coordinator;

import akka.Done;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.Rows;
import io.mortar.journal.group.GroupStatus;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvSnapshot;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The rows of all volumes as this node has them from a replicated journal, for the time of one leadership. An event of a coordinator
 * reaches every member as the rows that it leaves ({@link NamespaceImage}), and here they are before the coordinator hears that it is
 * durable; so there is nothing to apply, and nothing to replay after a change of leaders.
 */
public final class ReplicatedNamespace implements Namespace {
    private final ReplicatedLog log;
    private final long term;

    /** @param term the leadership of this node in which coordinators use this */
    public ReplicatedNamespace(ReplicatedLog log, long term) {
        this.log = log;
        this.term = term;
    }

    @Override
    public Rows rows() {
        return new StoreRows(log.applicationRows());
    }

    @Override
    public <T> T read(Function<Rows, T> question) {
        try (KvSnapshot snapshot = log.applicationSnapshot()) {
            return question.apply(new StoreRows(snapshot));
        } catch (RuntimeException e) {
            throw leads() ? e : new LeadershipLostException("leadership of term " + term + " has ended: " + e);
        }
    }

    /** A node that no longer leads may be given all rows anew, in another store, while somebody still reads the old one. */
    private boolean leads() {
        GroupStatus status = log.status();
        return status.leads() && status.term() == term;
    }

    @Override
    public CompletionStage<Done> confirm() {
        return log.confirm(term).thenApply(confirmed -> Done.done());
    }

    @Override
    public boolean keepsEvents() {
        return false;
    }

    @Override
    public void apply(String persistenceId, long sequence, List<RowChange> changes) {
        // The rows were here before the event was known to be durable.
    }

    @Override
    public void replay(String persistenceId, long before, long sequence, List<RowChange> changes) {
        throw new AssertionError("event " + sequence + " of " + persistenceId
                + " is in the replicated journal, which should hold only the rows of such events");
    }

    @Override
    public void checkRecovered(String persistenceId, long recovered, long last) {
        if (recovered != last) {
            throw new AssertionError(persistenceId + " has " + last + " events and was recovered up to event "
                    + recovered + ": restore the data directory of this node from a backup");
        }
    }

    @Override
    public void forget(String persistenceId) {
        // The journal does the bookkeeping.
    }
}
