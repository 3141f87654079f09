package io.mortar.protocol.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;

/** Actor references as the actor system writes and resolves them. */
final class ResolvedRefs implements RefCodec {
    private final ActorRefResolver resolver;

    ResolvedRefs(ExtendedActorSystem system) {
        resolver = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public String write(ActorRef<?> ref) {
        return resolver.toSerializationFormat(ref);
    }

    @Override
    public ActorRef<?> read(String text) {
        return resolve(text);
    }

    /** The same for a reference whose type is known. */
    <T> ActorRef<T> resolve(String text) {
        try {
            return resolver.resolveActorRef(text);
        } catch (IllegalArgumentException e) {
            throw new WireFormatException("a text of " + text.length() + " characters is not an actor reference", e);
        }
    }
}
