package io.mortar.journal.rows;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import java.io.NotSerializableException;

/** Serializes events and snapshots with the serializers that the actor system has for them. */
public final class Payloads {
    private final Serialization serialization;
    private final int bytesMax;

    /** @param bytesMax largest payload that is written */
    public Payloads(ActorSystem system, int bytesMax) {
        this.serialization = SerializationExtension.get(system);
        this.bytesMax = bytesMax;
    }

    /** Throws {@link NotSerializableException} when there is no serializer, or when the result is too large. */
    public Payload write(Object value) throws NotSerializableException {
        Serializer serializer = serialization.findSerializerFor(value);
        byte[] bytes = serialization.serialize(value).get();
        if (bytes.length > bytesMax) {
            throw new NotSerializableException(value.getClass().getSimpleName() + " of " + bytes.length
                    + " bytes is larger than the " + bytesMax + " that the journal takes");
        }
        return new Payload(serializer.identifier(), Serializers.manifestFor(serializer, value), bytes);
    }

    public Object read(Payload payload) {
        return serialization
                .deserialize(payload.bytes(), payload.serializerId(), payload.manifest())
                .get();
    }
}
