package io.mortar.journal.quorum;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import io.mortar.journal.group.ReplicatedLogs;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts the journal on the replicated log. The application calls {@link #start} once, after it has bound the log to
 * {@link ReplicatedLogs} and <em>before it listens to the log itself</em>: the journal then knows of a leadership before the application
 * does, and so before an actor that the application starts for it.
 */
public final class QuorumPersistence implements Extension {
    private static final Id ID = new Id();

    private final ExtendedActorSystem system;
    private final AtomicReference<@Nullable QuorumStore> started = new AtomicReference<>();

    private QuorumPersistence(ExtendedActorSystem system) {
        this.system = system;
    }

    /** Akka's key of this extension. */
    private static final class Id extends AbstractExtensionId<QuorumPersistence> {
        @Override
        public QuorumPersistence createExtension(ExtendedActorSystem system) {
            return new QuorumPersistence(system);
        }
    }

    /** Throws {@link IllegalStateException} when no log is bound, or when it was called before. */
    public static void start(ClassicActorSystemProvider system) {
        ID.get(system).start(Optional.empty());
    }

    /** Likewise, with events that are kept as images. The image must be the same on every node and for ever. */
    public static void start(ClassicActorSystemProvider system, EventImage image) {
        ID.get(system).start(Optional.of(image));
    }

    private void start(Optional<EventImage> image) {
        QuorumStore store = new QuorumStore(system, ReplicatedLogs.get(system).log(), image);
        if (!started.compareAndSet(null, store)) {
            throw new IllegalStateException("the journal of actor system " + system.name() + " was started already");
        }
        store.listen();
    }

    /** What the plugins of {@code system} share. */
    static QuorumStore store(ClassicActorSystemProvider system) {
        QuorumStore store = ID.get(system).started.get();
        if (store == null) {
            throw new IllegalStateException(
                    "the journal " + QuorumSettings.PATH
                            + " was not started: call QuorumPersistence.start(system) before any persistent actor that uses it");
        }
        return store;
    }
}
