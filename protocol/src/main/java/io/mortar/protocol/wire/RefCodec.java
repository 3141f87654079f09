package io.mortar.protocol.wire;

import akka.actor.typed.ActorRef;

/** How actor references are written; backed by the actor system's resolver, or refusing where none may occur. */
public interface RefCodec {
    /** For things that are stored: they must not hold references. */
    RefCodec NONE = new RefCodec() {
        @Override
        public String write(ActorRef<?> ref) {
            throw new IllegalArgumentException("an actor reference cannot be stored: " + ref);
        }

        @Override
        public ActorRef<?> read(String text) {
            throw new WireFormatException("an actor reference where none may be: " + text);
        }
    };

    String write(ActorRef<?> ref);

    ActorRef<?> read(String text);
}
