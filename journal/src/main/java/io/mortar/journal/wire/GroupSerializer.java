package io.mortar.journal.wire;

import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.wire.PeerMessage.Consensus;
import io.mortar.journal.wire.PeerMessage.SnapshotFrame;
import io.mortar.journal.wire.PeerMessage.SnapshotOffer;
import io.mortar.journal.wire.PeerMessage.SnapshotProgress;
import io.mortar.journal.wire.PeerMessage.SnapshotRefused;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Writes what members send each other, straight into Artery's buffers. {@code docs/formats/metadata-wire.md} has the layout. */
public final class GroupSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    private static final String OFFER = "snapshot.offer/1";
    private static final String FRAME = "snapshot.frame/1";
    private static final String PROGRESS = "snapshot.progress/1";
    private static final String REFUSED = "snapshot.refused/1";

    private static final Set<String> CONSENSUS = Set.of(
            MessageCodec.PRE_VOTE,
            MessageCodec.PRE_VOTE_REPLY,
            MessageCodec.VOTE,
            MessageCodec.VOTE_REPLY,
            MessageCodec.APPEND,
            MessageCodec.APPEND_ACCEPTED,
            MessageCodec.APPEND_REFUSED,
            MessageCodec.HEARTBEAT,
            MessageCodec.HEARTBEAT_REPLY,
            MessageCodec.TIMEOUT_NOW);

    @Override
    public int identifier() {
        return 730_300;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof Consensus consensus) {
            return MessageCodec.manifest(consensus.message());
        } else if (message instanceof SnapshotFrame) {
            return FRAME;
        } else if (message instanceof SnapshotProgress) {
            return PROGRESS;
        } else if (message instanceof SnapshotOffer) {
            return OFFER;
        } else if (message instanceof SnapshotRefused) {
            return REFUSED;
        }
        throw new IllegalArgumentException(
                "not a message of a group: " + message.getClass().getName());
    }

    @Override
    public void toBinary(Object message, ByteBuffer out) {
        ByteOrder orderBefore = out.order();
        out.order(ByteOrder.BIG_ENDIAN); // Artery's own headers are little-endian
        put(peer(message), out);
        out.order(orderBefore);
    }

    @Override
    public byte[] toBinary(Object message) {
        ByteBuffer out = ByteBuffer.allocate(sizeBytesMax(peer(message)));
        put(peer(message), out);
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
        PeerMessage message;
        try {
            message = read(in.order(ByteOrder.BIG_ENDIAN), manifest);
        } catch (BufferUnderflowException e) {
            throw new WireFormatException("the message '" + manifest + "' is cut short", e);
        } catch (IllegalArgumentException e) {
            throw new WireFormatException("the message '" + manifest + "' makes no sense: " + e.getMessage(), e);
        }
        if (in.hasRemaining()) {
            throw new WireFormatException(in.remaining() + " bytes follow the message '" + manifest + "'");
        }
        return message;
    }

    private static PeerMessage peer(Object message) {
        return (PeerMessage) message;
    }

    private static void put(PeerMessage message, ByteBuffer out) {
        Fields.putRoute(out, message.route());
        if (message instanceof Consensus consensus) {
            MessageCodec.put(out, consensus.message());
        } else if (message instanceof SnapshotFrame frame) {
            out.putLong(frame.stream()).putInt(frame.number());
            Fields.putBlock(out, frame.bytes());
        } else if (message instanceof SnapshotProgress progress) {
            out.putLong(progress.stream()).putInt(progress.number());
        } else if (message instanceof SnapshotOffer offer) {
            out.putLong(offer.stream()).putLong(offer.term());
            Fields.putPoint(out, offer.point());
        } else if (message instanceof SnapshotRefused refused) {
            out.putLong(refused.stream());
        } else {
            throw new AssertionError("unhandled " + message);
        }
    }

    private static PeerMessage read(ByteBuffer in, String manifest) throws NotSerializableException {
        if (CONSENSUS.contains(manifest)) {
            Route route = Fields.route(in);
            return new Consensus(route, MessageCodec.read(manifest, in, route.from(), route.to()));
        }
        return switch (manifest) {
            case FRAME -> new SnapshotFrame(Fields.route(in), in.getLong(), in.getInt(), Fields.block(in));
            case PROGRESS -> new SnapshotProgress(Fields.route(in), in.getLong(), in.getInt());
            case OFFER -> new SnapshotOffer(Fields.route(in), in.getLong(), in.getLong(), Fields.point(in));
            case REFUSED -> new SnapshotRefused(Fields.route(in), in.getLong());
            default ->
                throw new NotSerializableException(
                        "unknown message of a group '" + manifest + "': the sender runs a newer version of Mortar");
        };
    }

    private static int sizeBytesMax(PeerMessage message) {
        Route route = message.route();
        int chars = route.from().value().length()
                + route.to().value().length()
                + route.address().length();
        int head = 32 + 3 * chars;
        if (message instanceof Consensus consensus) {
            return head + MessageCodec.sizeBytesMax(consensus.message());
        } else if (message instanceof SnapshotFrame frame) {
            return head + 32 + frame.bytes().length;
        } else if (message instanceof SnapshotOffer offer) {
            return head + 64 + MembershipCodec.encode(offer.point().membership()).length;
        }
        return head + 32;
    }
}
