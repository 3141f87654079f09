package io.mortar.journal.wire;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.SnapshotPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One message of each kind. */
final class Samples {
    private static final MemberId A = new MemberId("node-a");
    private static final MemberId B = new MemberId("node-b");
    private static final Route ROUTE =
            new Route(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), 1, A, B, "10.0.0.1:2552");
    private static final Membership MEMBERSHIP =
            new Membership(List.of(Member.voter(A, "10.0.0.1:2552"), Member.learner(B, "10.0.0.2:2552")));

    private Samples() {}

    static Map<String, PeerMessage> all() {
        Map<String, PeerMessage> samples = new LinkedHashMap<>();
        List<Entry> entries = List.of(
                new Entry(42, 7, Entry.Kind.EMPTY, new byte[0]),
                new Entry(43, 7, Entry.Kind.ROWS, new byte[] {1, 2, 3}));
        consensus(samples, "append", new Message.Append(A, B, 7, 41, 6, entries, 40));
        consensus(samples, "append~empty", new Message.Append(A, B, 7, 41, 6, List.of(), 40));
        consensus(samples, "append-accepted", new Message.AppendAccepted(A, B, 7, 43));
        consensus(samples, "append-refused", new Message.AppendRefused(A, B, 7, 41, 39, 5));
        consensus(samples, "heartbeat", new Message.Heartbeat(A, B, 7, 40, 3));
        consensus(samples, "heartbeat-reply", new Message.HeartbeatReply(A, B, 7, 3));
        consensus(samples, "pre-vote", new Message.PreVote(A, B, 8, 43, 7));
        consensus(samples, "pre-vote-reply", new Message.PreVoteReply(A, B, 7, 8, true));
        consensus(samples, "vote", new Message.Vote(A, B, 8, 43, 7, true));
        consensus(samples, "vote-reply", new Message.VoteReply(A, B, 8, false));
        consensus(samples, "timeout-now", new Message.TimeoutNow(A, B, 7));
        samples.put("snapshot-offer", new PeerMessage.SnapshotOffer(ROUTE, 9, 7, new SnapshotPoint(40, 6, MEMBERSHIP)));
        samples.put("snapshot-frame", new PeerMessage.SnapshotFrame(ROUTE, 9, 2, new byte[] {4, 5, 6}));
        samples.put("snapshot-progress", new PeerMessage.SnapshotProgress(ROUTE, 9, 2));
        samples.put("snapshot-refused", new PeerMessage.SnapshotRefused(ROUTE, 9));
        return samples;
    }

    private static void consensus(Map<String, PeerMessage> samples, String name, Message message) {
        samples.put(name, new PeerMessage.Consensus(ROUTE, message));
    }
}
