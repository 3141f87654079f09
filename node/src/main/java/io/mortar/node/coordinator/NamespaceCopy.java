package io.mortar.node.coordinator;

import akka.Done;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.Rows;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * This node's copy of the rows of all volumes, for a journal that all nodes share, such as a database. Only the node whose coordinators
 * run makes events and applies them here; another one has the rows of the last event that it applied itself, and its coordinators
 * catch up in their recovery: {@link NamespaceCopySnapshots} tells Akka where to begin.
 */
public final class NamespaceCopy implements Namespace {
    private final NamespaceStore store;
    private final Supplier<CompletionStage<Done>> confirmation;

    /** @param confirmation what {@link #confirm} answers */
    public NamespaceCopy(NamespaceStore store, Supplier<CompletionStage<Done>> confirmation) {
        this.store = store;
        this.confirmation = confirmation;
    }

    @Override
    public Rows rows() {
        return store.rows();
    }

    @Override
    public <T> T read(Function<Rows, T> question) {
        return store.read(question);
    }

    @Override
    public CompletionStage<Done> confirm() {
        return confirmation.get();
    }

    @Override
    public boolean keepsEvents() {
        return true;
    }

    @Override
    public void apply(String persistenceId, long sequence, List<RowChange> changes) {
        store.apply(persistenceId, sequence, changes);
    }

    @Override
    public void replay(String persistenceId, long before, long sequence, List<RowChange> changes) {
        long applied = store.applied(persistenceId);
        if (applied < sequence - 1) {
            throw new AssertionError(
                    "this node's copy of the namespace has " + persistenceId + " up to event " + applied
                            + " and the journal continues at event " + sequence
                            + ": the events between are lost. Restore the journal's database from a backup");
        }
        store.applyIfNewer(persistenceId, sequence, changes);
    }

    /** The replay began at the last event that is applied here: if the journal had lost it, {@code recovered} would be less. */
    @Override
    public void checkRecovered(String persistenceId, long recovered, long last) {
        long applied = store.applied(persistenceId);
        if (recovered != last || applied != last) {
            throw new AssertionError(
                    "this node's copy of the namespace has " + persistenceId + " up to event " + applied
                            + " and the journal up to event " + last
                            + ": the journal has lost events. Restore its database; or,"
                            + " to go on with what it has, delete the directory 'namespace' in the data directory of every node");
        }
    }

    @Override
    public void forget(String persistenceId) {
        store.forget(persistenceId);
    }
}
