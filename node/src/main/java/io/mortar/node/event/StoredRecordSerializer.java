package io.mortar.node.event;

import akka.serialization.SerializerWithStringManifest;
import io.mortar.protocol.wire.ByteSink;
import io.mortar.protocol.wire.RecordCodec;
import io.mortar.protocol.wire.RefCodec;
import io.mortar.protocol.wire.Tags;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;

/**
 * Akka serializer of records that are stored: the manifest is the tag from the table, the bytes are {@link RecordCodec}'s. A subclass
 * with a constructor without parameters names its table and is bound in this module's {@code reference.conf}. Actor references are
 * refused, since they mean nothing after a restart.
 */
public abstract class StoredRecordSerializer extends SerializerWithStringManifest {
    private final int identifier;
    private final Tags tags;
    private final RecordCodec codec;

    /** @param identifier stored with every record: unique among all serializers, never changed */
    protected StoredRecordSerializer(int identifier, Tags tags) {
        this.identifier = identifier;
        this.tags = tags;
        this.codec = new RecordCodec(tags, RefCodec.NONE);
    }

    @Override
    public final int identifier() {
        return identifier;
    }

    @Override
    public final String manifest(Object stored) {
        return tags.tagOf(stored.getClass());
    }

    @Override
    public final byte[] toBinary(Object stored) {
        ByteSink sink = new ByteSink();
        codec.write((Record) stored, sink);
        return sink.toArray();
    }

    @Override
    public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Class<? extends Record> type = tags.typeOf(manifest)
                .orElseThrow(() -> new NotSerializableException("unknown tag '" + manifest + "' in the journal: it was"
                        + " written by a newer version of Mortar, start that one"));
        return codec.read(type, ByteBuffer.wrap(bytes));
    }
}
