package io.mortar.journal.group;

import akka.Done;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.state.RowBatch;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of rows that a consensus group keeps. One member leads at a time and appends batches of rows; every member applies
 * them in the same order. Whoever appends says for which leadership (term) it does: a batch that was computed from what one leadership
 * knew never becomes part of another. Safe for use by several threads; no method blocks on the network or on a write. Stages complete on
 * the group's threads: continue elsewhere when the continuation is not short.
 */
public interface ReplicatedLog {
    /** This member. */
    MemberId self();

    /**
     * Appends {@code rows} for leadership {@code term}. Completes with the entry's index when a majority has it on stable storage and
     * this node has applied it, in the order in which entries are applied. While leadership is being handed over it waits, for at most
     * an election timeout: if nobody takes over, and this node leads on, it is appended then. Fails with
     *
     * <ul>
     *   <li>{@link NotLeaderException}: this node does not lead {@code term} or leads it no more, nothing happened and nothing will;
     *   <li>{@link LeadershipLostException}: the leadership ended before the outcome was known, the rows may or may not be applied
     *       later, by every member or by none;
     *   <li>{@link io.mortar.journal.kv.KvNoSpaceException}, {@link LogOverloadedException}, {@link EntryTooLargeException}: refused
     *       before anything happened. A batch that {@linkplain RowBatch#shrinking shrinks} the store is let in for longer.
     * </ul>
     */
    CompletionStage<Long> append(RowBatch rows, long term);

    /**
     * Completes when it is certain that this node led {@code term} at some moment after the call, and has applied every entry that
     * anybody was told about before it: what {@link #applicationRows} holds then is not stale. Fails with
     * {@link LeadershipLostException} when the leadership has ended or a majority does not answer in time, and with
     * {@link LogOverloadedException} when too many wait to be told already. Calls share round trips.
     */
    CompletionStage<Void> confirm(long term);

    /** Applied rows of the journal's area, by their keys without the group's prefix. Follows the state as it grows. */
    KvView journalRows();

    /** Applied rows of the application's area, by their keys without the group's prefix. Follows the state as it grows. */
    KvView applicationRows();

    /** One state of {@link #applicationRows}; close it soon, since it keeps old rows on disk. */
    KvSnapshot applicationSnapshot();

    /** Tells {@code listener} of leaderships of this node from now on, of the present one first if there is one. */
    void listen(LeadershipListener listener);

    /** What this member knows of the group, as of its last tick. */
    GroupStatus status();

    /**
     * Hands leadership over to {@code to}, or to the voter that has most of the log. Completes when this node no longer leads, or at
     * once when it does not lead; fails with {@link IllegalStateException} when no voter took over within an election timeout, and
     * this node goes on leading.
     */
    CompletionStage<Done> transfer(@Nullable MemberId to);

    /**
     * Makes one change to the membership; completes when it is in force. Fails with {@link NotLeaderException}, with
     * {@link IllegalStateException} when another change is still going on or the rules forbid this one, or with
     * {@link LeadershipLostException} when the outcome is unknown.
     */
    CompletionStage<Done> changeMember(MemberChange change);

    /**
     * The nodes that may hold copies, this one included. From then on, and as long as this leadership lasts, this node changes the
     * membership by itself towards the number of voters that a pool of this size has. Call it when a leadership has begun, since what was
     * said before may be out of date by then and nothing is changed by it, and whenever something about a candidate changes. Where this
     * node does not lead only the addresses are noted.
     */
    void candidates(List<Candidate> candidates);

    /**
     * Completes, normally, with what broke this member for good: a failed write, a damaged store or a broken invariant. It takes no part
     * in the group from then on. What is on its disk is not known until it is opened again: stop the process.
     */
    CompletionStage<Throwable> failure();
}
