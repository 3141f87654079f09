package io.mortar.node.coordinator;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.ExtensionIdProvider;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where {@link NamespaceCopySnapshots}, which Akka makes by class name, finds the rows of its actor system. */
public final class NamespaceCopies implements Extension {
    private static final Id ID = new Id();

    private final AtomicReference<@Nullable NamespaceStore> bound = new AtomicReference<>();

    private NamespaceCopies() {}

    private static final class Id extends AbstractExtensionId<NamespaceCopies> implements ExtensionIdProvider {
        @Override
        public Id lookup() {
            return ID;
        }

        @Override
        public NamespaceCopies createExtension(ExtendedActorSystem system) {
            return new NamespaceCopies();
        }
    }

    public static NamespaceCopies get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** To be called once, before the first coordinator starts. */
    public void bind(NamespaceStore store) {
        if (!bound.compareAndSet(null, store)) {
            throw new IllegalStateException("this actor system has a copy of the namespace already");
        }
    }

    NamespaceStore store() {
        NamespaceStore store = bound.get();
        if (store == null) {
            throw new IllegalStateException("snapshot plugin " + NamespaceCopySnapshots.ID
                    + " is for the coordinators of volumes only, when the journal is one that all nodes share");
        }
        return store;
    }
}
