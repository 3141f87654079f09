package io.mortar.protocol.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.ChunkData;
import io.mortar.protocol.brick.BrickProtocol.StoreChunk;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the two bulk messages straight into Artery's buffer: one copy out, and none in. {@code docs/formats/wire.md} has the layout.
 * A message is at most {@link #OVERHEAD_BYTES_MAX} bytes larger than its data; the large frame size must allow for that.
 */
public final class ChunkSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    /** Everything but the data, references included. */
    public static final int OVERHEAD_BYTES_MAX = 4096;

    private static final String STORE = "chunk.store/1";
    private static final String DATA = "chunk.data/1";

    private final ResolvedRefs refs;

    public ChunkSerializer(ExtendedActorSystem system) {
        this.refs = new ResolvedRefs(system);
    }

    @Override
    public int identifier() {
        return 730_101;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof StoreChunk) {
            return STORE;
        }
        if (message instanceof ChunkData) {
            return DATA;
        }
        throw new IllegalArgumentException(
                "not a bulk message: " + message.getClass().getName());
    }

    @Override
    public void toBinary(Object message, ByteBuffer out) {
        ByteOrder orderBefore = out.order();
        out.order(ByteOrder.BIG_ENDIAN); // Artery's own headers are little-endian
        if (message instanceof StoreChunk store) {
            write(store, out);
        } else if (message instanceof ChunkData data) {
            out.putLong(data.requestId()).putInt(data.checksum());
            writeData(data.data(), out);
        } else {
            throw new IllegalArgumentException(
                    "not a bulk message: " + message.getClass().getName());
        }
        out.order(orderBefore);
    }

    @Override
    public byte[] toBinary(Object message) {
        int dataBytes = message instanceof StoreChunk store
                ? store.data().size()
                : ((ChunkData) message).data().size();
        ByteBuffer out = ByteBuffer.allocate(dataBytes + OVERHEAD_BYTES_MAX);
        toBinary(message, out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        return fromBinary(ByteBuffer.wrap(bytes), manifest);
    }

    @Override
    public Object fromBinary(ByteBuffer in, String manifest) throws NotSerializableException {
        Object message = read(in.order(ByteOrder.BIG_ENDIAN), manifest);
        if (in.hasRemaining()) {
            throw new WireFormatException(in.remaining() + " bytes follow the bulk message '" + manifest + "'");
        }
        return message;
    }

    private Object read(ByteBuffer in, String manifest) throws NotSerializableException {
        return switch (manifest) {
            case STORE -> readStore(in);
            case DATA -> {
                WireBytes.need(in, Long.BYTES + Integer.BYTES);
                yield new ChunkData(in.getLong(), in.getInt(), readData(in));
            }
            default ->
                throw new NotSerializableException(
                        "unknown bulk message '" + manifest + "': the sender runs a newer version of Mortar");
        };
    }

    private void write(StoreChunk store, ByteBuffer out) {
        FileVersion file = store.chunk().file();
        out.putLong(store.requestId())
                .putInt(file.volume().value())
                .putLong(file.inode())
                .putLong(file.generation())
                .putInt(store.chunk().index())
                .putInt(store.chunk().version());
        out.putInt(store.blockChecksums().size());
        store.blockChecksums().forEach(out::putInt);
        byte[] replyTo = refs.write(store.replyTo()).getBytes(StandardCharsets.UTF_8);
        out.putInt(replyTo.length).put(replyTo);
        writeData(store.data(), out);
    }

    private StoreChunk readStore(ByteBuffer in) {
        WireBytes.need(in, 3 * Long.BYTES + 4 * Integer.BYTES);
        long requestId = in.getLong();
        ChunkId chunk = readChunkId(in);
        int checksumCount = in.getInt();
        if (checksumCount < 0 || checksumCount > in.remaining() / Integer.BYTES) {
            throw new WireFormatException(checksumCount + " checksums do not fit the message");
        }
        List<Integer> checksums = new ArrayList<>(checksumCount);
        for (int i = 0; i < checksumCount; i++) {
            checksums.add(in.getInt());
        }
        ActorRef<BrickProtocol.Reply> replyTo = refs.resolve(WireBytes.readString(in));
        return new StoreChunk(requestId, chunk, checksums, readData(in), replyTo);
    }

    private static ChunkId readChunkId(ByteBuffer in) {
        try {
            FileVersion file = new FileVersion(new VolumeId(in.getInt()), in.getLong(), in.getLong());
            return new ChunkId(file, in.getInt(), in.getInt());
        } catch (IllegalArgumentException e) {
            throw new WireFormatException("chunk id cannot be made of what was read", e);
        }
    }

    private static void writeData(ByteString data, ByteBuffer out) {
        out.putInt(data.size());
        int copied = data.copyToBuffer(out);
        if (copied != data.size()) {
            throw new IllegalArgumentException("chunk of " + data.size() + " bytes does not fit the frame");
        }
    }

    /**
     * The data, without a copy where {@code in} is on the heap: Artery TCP makes an array for each large frame and never uses it again;
     * only its direct buffers are recycled.
     */
    private static ByteString readData(ByteBuffer in) {
        if (!in.hasArray()) {
            return ByteString.fromArrayUnsafe(WireBytes.readBytes(in));
        }
        int length = WireBytes.readLength(in);
        int start = in.arrayOffset() + in.position();
        in.position(in.position() + length);
        return ByteString.fromArrayUnsafe(in.array(), start, length);
    }
}
