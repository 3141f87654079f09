package io.mortar.protocol.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;

/** Akka serializer of every message in {@link WireTable}; the manifest is the tag. Bound in this module's {@code reference.conf}. */
public final class MessageSerializer extends SerializerWithStringManifest {
    private final Tags tags = WireTable.tags();
    private final RecordCodec codec;

    public MessageSerializer(ExtendedActorSystem system) {
        ActorRefResolver resolver = ActorRefResolver.get(Adapter.toTyped(system));
        this.codec = new RecordCodec(tags, new RefCodec() {
            @Override
            public String write(ActorRef<?> ref) {
                return resolver.toSerializationFormat(ref);
            }

            @Override
            public ActorRef<?> read(String text) {
                return resolver.resolveActorRef(text);
            }
        });
    }

    @Override
    public int identifier() {
        return 730_100;
    }

    @Override
    public String manifest(Object message) {
        return tags.tagOf(message.getClass());
    }

    @Override
    public byte[] toBinary(Object message) {
        ByteSink sink = new ByteSink();
        codec.write((Record) message, sink);
        return sink.toArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Class<? extends Record> type = tags.typeOf(manifest)
                .orElseThrow(() -> new NotSerializableException(
                        "unknown message tag '" + manifest + "': the sender runs a newer version of Mortar"));
        return codec.read(type, ByteBuffer.wrap(bytes));
    }
}
