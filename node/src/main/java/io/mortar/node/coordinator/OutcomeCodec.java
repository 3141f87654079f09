package io.mortar.node.coordinator;

import io.mortar.core.namespace.Outcome;
import io.mortar.protocol.wire.ByteSink;
import io.mortar.protocol.wire.RecordCodec;
import io.mortar.protocol.wire.RefCodec;
import io.mortar.protocol.wire.Tags;
import io.mortar.protocol.wire.WireFormatException;
import io.mortar.protocol.wire.WireTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers as they are remembered for repeated requests: {@code u8 version (1), u8 length of tag, tag, record}, tags and records as
 * on the wire. Safe for use by several threads.
 */
final class OutcomeCodec {
    private static final int VERSION = 1;

    private final Tags tags = WireTable.tags();
    private final RecordCodec records = new RecordCodec(tags, RefCodec.NONE);

    byte[] write(Outcome outcome) {
        byte[] tag = tags.tagOf(outcome.getClass()).getBytes(StandardCharsets.UTF_8);
        ByteSink sink = new ByteSink();
        sink.writeByte(VERSION);
        sink.writeByte(tag.length);
        for (byte letter : tag) {
            sink.writeByte(letter);
        }
        records.write((Record) outcome, sink);
        return sink.toArray();
    }

    /** Throws {@link WireFormatException} on bytes that this version did not write and cannot read. */
    Outcome read(byte[] answer) {
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        int version = bytes.get();
        if (version != VERSION) {
            throw new WireFormatException("remembered answer of version " + version + ", this build reads " + VERSION);
        }
        byte[] letters = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(letters);
        String tag = new String(letters, StandardCharsets.UTF_8);
        Class<? extends Record> type =
                tags.typeOf(tag).orElseThrow(() -> new WireFormatException("remembered answer '" + tag + "'"));
        if (records.read(type, bytes) instanceof Outcome outcome) {
            return outcome;
        }
        throw new WireFormatException("remembered '" + tag + "' is not an answer");
    }
}
