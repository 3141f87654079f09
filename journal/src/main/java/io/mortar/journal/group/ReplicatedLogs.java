package io.mortar.journal.group;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.ExtensionIdProvider;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal's plugins, which Akka makes by class name, find the replicated log of their actor system. The application binds the
 * log before it starts the first persistent actor that uses such a plugin.
 */
public final class ReplicatedLogs implements Extension {
    private static final Id ID = new Id();

    private final String system;
    private final AtomicReference<@Nullable ReplicatedLog> bound = new AtomicReference<>();

    private ReplicatedLogs(String system) {
        this.system = system;
    }

    private static final class Id extends AbstractExtensionId<ReplicatedLogs> implements ExtensionIdProvider {
        @Override
        public Id lookup() {
            return ID;
        }

        @Override
        public ReplicatedLogs createExtension(ExtendedActorSystem system) {
            return new ReplicatedLogs(system.name());
        }
    }

    public static ReplicatedLogs get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** Makes {@code log} the log of this actor system; throws {@link IllegalStateException} when another is bound already. */
    public void bind(ReplicatedLog log) {
        if (!bound.compareAndSet(null, log)) {
            throw new IllegalStateException("actor system " + system + " has a replicated log already");
        }
    }

    /** The log that was bound; throws {@link IllegalStateException} when none was. */
    public ReplicatedLog log() {
        ReplicatedLog log = bound.get();
        if (log == null) {
            throw new IllegalStateException(
                    "actor system " + system + " has no replicated log yet: start a RaftGroup and bind it with"
                            + " ReplicatedLogs.get(system).bind(..) before any persistent actor that uses it");
        }
        return log;
    }
}
