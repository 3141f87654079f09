package io.mortar.journal.quorum;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal finds the {@link EventImage} of its actor system. An application that has one binds it before it starts the first
 * persistent actor, and on every node.
 */
public final class EventImages implements Extension {
    private static final Id ID = new Id();

    private final AtomicReference<@Nullable EventImage> bound = new AtomicReference<>();

    private EventImages() {}

    /** Akka's key of this extension. */
    private static final class Id extends AbstractExtensionId<EventImages> {
        @Override
        public EventImages createExtension(ExtendedActorSystem system) {
            return new EventImages();
        }
    }

    public static EventImages get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** Throws {@link IllegalStateException} when there is one already. */
    public void bind(EventImage image) {
        if (!bound.compareAndSet(null, image)) {
            throw new IllegalStateException("the events of this actor system have an image already");
        }
    }

    Optional<EventImage> bound() {
        return Optional.ofNullable(bound.get());
    }
}
