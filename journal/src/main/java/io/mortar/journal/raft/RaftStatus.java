package io.mortar.journal.raft;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands.
 *
 * @param leader of {@code term}, if known
 * @param leadershipIndex of the entry with which this replica began to lead {@code term}; 0 if it does not lead. A leader whose state
 *     has applied it has applied everything that earlier leaders acknowledged
 * @param start where the log begins
 * @param lastIndex of the log, stored or not
 * @param persisted index up to which the log is stored
 * @param committed index up to which entries are known to be committed
 * @param applied index last reported by {@link RaftCore#applied} or {@link RaftCore#installed}
 * @param membership in force, committed or not
 * @param membershipIndex of the entry that brought it
 * @param transferTo whom leadership is being handed to
 * @param followers of a leader, in order of id; empty otherwise
 */
public record RaftStatus(
        MemberId self,
        RoleName role,
        long term,
        @Nullable MemberId leader,
        long leadershipIndex,
        SnapshotPoint start,
        long lastIndex,
        long persisted,
        long committed,
        long applied,
        Membership membership,
        long membershipIndex,
        @Nullable MemberId transferTo,
        Map<MemberId, FollowerStatus> followers) {
    /** What a replica is at the moment (§3.3; pre-candidate: §9.6). */
    public enum RoleName {
        FOLLOWER,
        PRE_CANDIDATE,
        CANDIDATE,
        LEADER
    }

    /** How entries reach a follower. */
    public enum Flow {
        /** One append at a time, until it is known where the logs match. */
        PROBE,
        /** Many appends at a time. */
        REPLICATE,
        /** None: it needs a snapshot first. */
        SNAPSHOT
    }

    /**
     * How a leader sees another member.
     *
     * @param match index up to which its stored log is known to match
     * @param active whether it was heard within the present and the last election timeout
     * @param ticksSilent since it was last heard, or since leadership began
     */
    public record FollowerStatus(Member.Role role, Flow flow, long match, boolean active, int ticksSilent) {}
}
