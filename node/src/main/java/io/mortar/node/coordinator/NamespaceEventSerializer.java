package io.mortar.node.coordinator;

import akka.serialization.SerializerWithStringManifest;
import io.mortar.core.namespace.RowChange;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Akka serializer of the events and snapshots of coordinators, bound in this module's {@code reference.conf}. Big-endian:
 *
 * <pre>
 * namespace.batch/1   u32 count, then count times: u32 key length, key, i32 value length or -1 for a deleted row, value
 * namespace.marker/1  u64 number of the last event
 * </pre>
 */
public final class NamespaceEventSerializer extends SerializerWithStringManifest {
    static final int IDENTIFIER = 730_210;
    static final String BATCH = "namespace.batch/1";
    static final String MARKER = "namespace.marker/1";
    private static final int DELETED = -1;

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object stored) {
        if (stored instanceof NamespaceBatch) {
            return BATCH;
        }
        if (stored instanceof NamespaceMarker) {
            return MARKER;
        }
        throw new IllegalArgumentException(
                "not stored by coordinators: " + stored.getClass().getName());
    }

    @Override
    public byte[] toBinary(Object stored) {
        if (stored instanceof NamespaceBatch batch) {
            return write(batch);
        }
        if (stored instanceof NamespaceMarker marker) {
            return ByteBuffer.allocate(Long.BYTES).putLong(marker.sequence()).array();
        }
        throw new IllegalArgumentException(
                "not stored by coordinators: " + stored.getClass().getName());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case BATCH -> readBatch(bytes);
                case MARKER -> new NamespaceMarker(ByteBuffer.wrap(bytes).getLong());
                default ->
                    throw new NotSerializableException("unknown manifest '" + manifest
                            + "' in a volume's journal: it was written by a newer version of Mortar, start that one");
            };
        } catch (BufferUnderflowException e) {
            NotSerializableException broken =
                    new NotSerializableException(manifest + " of " + bytes.length + " bytes ends too early");
            broken.initCause(e);
            throw broken;
        }
    }

    private static byte[] write(NamespaceBatch batch) {
        int size = Integer.BYTES;
        for (RowChange change : batch.changes()) {
            byte[] value = change.value();
            size += 2 * Integer.BYTES + change.key().length + (value == null ? 0 : value.length);
        }
        ByteBuffer out = ByteBuffer.allocate(size).putInt(batch.changes().size());
        for (RowChange change : batch.changes()) {
            out.putInt(change.key().length).put(change.key());
            byte[] value = change.value();
            if (value == null) {
                out.putInt(DELETED);
            } else {
                out.putInt(value.length).put(value);
            }
        }
        return out.array();
    }

    /** Throws {@link BufferUnderflowException} when {@code event} ends too early. */
    static NamespaceBatch readBatch(byte[] event) {
        ByteBuffer in = ByteBuffer.wrap(event);
        int count = in.getInt();
        List<RowChange> changes = new ArrayList<>(Math.min(count, 4096));
        for (int i = 0; i < count; i++) {
            byte[] key = readBytes(in, in.getInt());
            int length = in.getInt();
            changes.add(new RowChange(key, length == DELETED ? null : readBytes(in, length)));
        }
        return new NamespaceBatch(changes);
    }

    private static byte[] readBytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
