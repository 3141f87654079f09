package io.mortar.journal.log;

import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.space.DiskSpace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** Things that tests of logs and states put into them. */
public final class LogFixture {
    public static final GroupIdentity IDENTITY = new GroupIdentity(new UUID(1, 2), 7);
    public static final MemberId A = new MemberId("a");
    public static final MemberId B = new MemberId("b");
    public static final Membership ALONE = new Membership(List.of(Member.voter(A, "host-a:1")));
    public static final Membership PAIR = ALONE.with(Member.learner(B, "host-b:2"));

    private LogFixture() {}

    public static KvOptions options(KvEngine engine) {
        return KvOptions.of(DiskSpace.UNLIMITED).withEngine(engine);
    }

    public static Entry rows(long index, long term) {
        byte[] payload = ("entry " + index + " of term " + term + " " + "x".repeat((int) (index * 7 % 300)))
                .getBytes(StandardCharsets.UTF_8);
        return new Entry(index, term, Entry.Kind.ROWS, payload);
    }

    public static Entry empty(long index, long term) {
        return new Entry(index, term, Entry.Kind.EMPTY, new byte[0]);
    }

    public static Entry members(long index, long term, Membership membership) {
        return new Entry(index, term, Entry.Kind.MEMBERSHIP, MembershipCodec.encode(membership));
    }

    /** All of one term. */
    public static List<Entry> rows(long from, long to, long term) {
        return LongStream.rangeClosed(from, to).mapToObj(i -> rows(i, term)).toList();
    }

    /** All that a log holds. */
    public static List<Entry> entries(RaftLogStore log) {
        long first = log.start().index() + 1;
        return first > log.lastIndex() ? List.of() : log.entries(first, log.lastIndex() + 1, Integer.MAX_VALUE);
    }
}
