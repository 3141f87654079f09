package io.mortar.node.metadata;

import akka.actor.typed.ActorSystem;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.local.LocalStore;
import io.mortar.node.coordinator.NamespaceStore;
import java.nio.file.Path;

/** {@code namespace/} in a node's data directory: rows of all volumes that the events of a journal left there. */
final class NamespaceDirectory {
    private NamespaceDirectory() {}

    /** Opens it until {@code system} has ended. */
    static NamespaceStore open(ActorSystem<?> system, Path directory) {
        NamespaceStore store = new NamespaceStore(
                KvStores.open(directory, KvOptions.of(LocalStore.get(system).space())));
        system.getWhenTerminated().whenComplete((done, failure) -> store.close());
        return store;
    }
}
