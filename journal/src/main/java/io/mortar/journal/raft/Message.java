package io.mortar.journal.raft;

import java.util.List;

/**
 * What replicas say to each other. The network may lose, duplicate, delay and reorder messages, but must not damage them or deliver
 * them to another group. {@code term} is the sender's term, except in {@link PreVote}.
 */
public sealed interface Message {
    MemberId from();

    MemberId to();

    long term();

    /**
     * Asks whether {@code to} would vote for {@code from} (§9.6). Changes nothing at the receiver.
     *
     * @param term the term that the sender would stand in, one above its own
     */
    record PreVote(MemberId from, MemberId to, long term, long lastIndex, long lastTerm) implements Message {}

    /**
     * Answers {@link PreVote}.
     *
     * @param candidacy the term that was asked for
     */
    record PreVoteReply(MemberId from, MemberId to, long term, long candidacy, boolean granted) implements Message {}

    /**
     * Asks for a vote (§3.4).
     *
     * @param transfer the leader itself asked for this election, so that it need not be protected from it (§4.2.3)
     */
    record Vote(MemberId from, MemberId to, long term, long lastIndex, long lastTerm, boolean transfer)
            implements Message {}

    /** Answers {@link Vote}. */
    record VoteReply(MemberId from, MemberId to, long term, boolean granted) implements Message {}

    /**
     * Entries to append after the one named by {@code previousIndex} and {@code previousTerm}, possibly none (§3.5).
     *
     * @param commit the leader's commit index, which may be beyond the entries
     */
    record Append(
            MemberId from,
            MemberId to,
            long term,
            long previousIndex,
            long previousTerm,
            List<Entry> entries,
            long commit)
            implements Message {
        public Append {
            entries = List.copyOf(entries);
        }

        /** Index of the last entry that the receiver has if it accepts. */
        public long lastIndex() {
            return previousIndex + entries.size();
        }
    }

    /** The sender's log matches the leader's up to {@code match}, on stable storage. */
    record AppendAccepted(MemberId from, MemberId to, long term, long match) implements Message {}

    /**
     * The sender does not have the entry that an {@link Append} was to follow, or the sender's term is above that of the leader.
     *
     * @param previousIndex of the refused append
     * @param hintIndex the highest index at which the two logs may match
     * @param hintTerm the sender's term at {@code hintIndex}
     */
    record AppendRefused(MemberId from, MemberId to, long term, long previousIndex, long hintIndex, long hintTerm)
            implements Message {}

    /**
     * Keeps a follower from standing for election and tells it what it may apply.
     *
     * @param commit at most what the receiver is known to hold
     * @param context number of the leader's latest round of reads, to be sent back (§6.4)
     */
    record Heartbeat(MemberId from, MemberId to, long term, long commit, long context) implements Message {}

    /** Answers {@link Heartbeat}. */
    record HeartbeatReply(MemberId from, MemberId to, long term, long context) implements Message {}

    /**
     * {@code to} has received from {@code from} all of a snapshot that ends at {@code point}, and verified it. Never sent: the shell
     * of the receiver steps it when its stream is complete.
     *
     * @param term the sender's term when the stream began
     */
    record SnapshotDone(MemberId from, MemberId to, long term, SnapshotPoint point) implements Message {}

    /** Asks a follower that has the whole log to stand for election at once (§3.10). */
    record TimeoutNow(MemberId from, MemberId to, long term) implements Message {}
}
