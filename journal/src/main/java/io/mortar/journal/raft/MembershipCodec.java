package io.mortar.journal.raft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Membership} as bytes, the payload of a {@link Entry.Kind#MEMBERSHIP} entry. Big-endian:
 *
 * <pre>
 * membership = version u8 (1), count u16, member*
 * member     = role u8 (1 voter, 2 learner), id text, address text
 * text       = length u16, UTF-8
 * </pre>
 */
public final class MembershipCodec {
    private static final byte VERSION = 1;
    private static final byte VOTER = 1;
    private static final byte LEARNER = 2;

    private MembershipCodec() {}

    public static byte[] encode(Membership membership) {
        List<byte[]> texts = new ArrayList<>();
        int size = 3;
        for (Member member : membership.members()) {
            byte[] id = member.id().value().getBytes(StandardCharsets.UTF_8);
            byte[] address = member.address().getBytes(StandardCharsets.UTF_8);
            texts.add(id);
            texts.add(address);
            size += 5 + id.length + address.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(VERSION).putShort((short) membership.members().size());
        for (int i = 0; i < membership.members().size(); i++) {
            out.put(membership.members().get(i).role() == Member.Role.VOTER ? VOTER : LEARNER);
            putText(out, texts.get(2 * i));
            putText(out, texts.get(2 * i + 1));
        }
        return out.array();
    }

    /** Reads what {@link #encode} wrote; refuses anything else with an {@link IllegalArgumentException}. */
    public static Membership decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        require(in.remaining() >= 3, "is cut short");
        byte version = in.get();
        require(version == VERSION, "has version " + version + ", this release reads version " + VERSION);
        int count = in.getShort() & 0xffff;
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            require(in.hasRemaining(), "is cut short");
            byte role = in.get();
            require(role == VOTER || role == LEARNER, "has a member of the unknown role " + role);
            members.add(new Member(
                    new MemberId(text(in)), text(in), role == VOTER ? Member.Role.VOTER : Member.Role.LEARNER));
        }
        require(!in.hasRemaining(), "is followed by " + in.remaining() + " bytes that do not belong to it");
        return new Membership(members);
    }

    private static void putText(ByteBuffer out, byte[] text) {
        if (text.length > 0xffff) {
            throw new IllegalArgumentException("a text of a membership has at most 65535 bytes, not " + text.length);
        }
        out.putShort((short) text.length).put(text);
    }

    private static String text(ByteBuffer in) {
        require(in.remaining() >= 2, "is cut short");
        byte[] text = new byte[in.getShort() & 0xffff];
        require(in.remaining() >= text.length, "is cut short");
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("a stored membership " + otherwise);
        }
    }
}
