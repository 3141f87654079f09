package io.mortar.protocol.wire;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;

/** Akka serializer of every message in {@link WireTable}; the manifest is the tag. Bound in this module's {@code reference.conf}. */
public final class MessageSerializer extends SerializerWithStringManifest {
    private final Tags tags = WireTable.tags();
    private final RecordCodec codec;

    public MessageSerializer(ExtendedActorSystem system) {
        this.codec = new RecordCodec(tags, new ResolvedRefs(system));
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
        ByteBuffer message = ByteBuffer.wrap(bytes);
        Record read = codec.read(type, message);
        if (message.hasRemaining()) {
            throw new WireFormatException(message.remaining() + " bytes follow the message '" + manifest + "'");
        }
        return read;
    }
}
