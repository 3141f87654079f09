package io.mortar.journal.wire;

import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The fields that several messages have. All numbers are big-endian. */
final class Fields {
    private Fields() {}

    static void putText(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes is longer than 65535");
        }
        out.putShort((short) bytes.length).put(bytes);
    }

    static String text(ByteBuffer in) {
        return new String(bytes(in, Short.toUnsignedInt(in.getShort())), StandardCharsets.UTF_8);
    }

    static void putBlock(ByteBuffer out, byte[] block) {
        out.putInt(block.length).put(block);
    }

    static byte[] block(ByteBuffer in) {
        return bytes(in, in.getInt());
    }

    static void putFlag(ByteBuffer out, boolean flag) {
        out.put((byte) (flag ? 1 : 0));
    }

    static boolean flag(ByteBuffer in) {
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new WireFormatException("no flag is " + value);
        }
        return value == 1;
    }

    static void putRoute(ByteBuffer out, Route route) {
        out.putLong(route.clusterId().getMostSignificantBits());
        out.putLong(route.clusterId().getLeastSignificantBits());
        out.putShort((short) route.group());
        putText(out, route.from().value());
        putText(out, route.to().value());
        putText(out, route.address());
    }

    static Route route(ByteBuffer in) {
        UUID clusterId = new UUID(in.getLong(), in.getLong());
        int group = Short.toUnsignedInt(in.getShort());
        return new Route(clusterId, group, new MemberId(text(in)), new MemberId(text(in)), text(in));
    }

    static void putPoint(ByteBuffer out, SnapshotPoint point) {
        out.putLong(point.index()).putLong(point.term());
        putBlock(out, MembershipCodec.encode(point.membership()));
    }

    static SnapshotPoint point(ByteBuffer in) {
        return new SnapshotPoint(in.getLong(), in.getLong(), MembershipCodec.decode(block(in)));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new WireFormatException(length + " bytes do not fit the " + in.remaining() + " that are left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
