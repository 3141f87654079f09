package io.mortar.journal.group;

import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one member knows of its group.
 *
 * @param leaderOrNull the leader of {@code term}, as far as known; see {@link #leader}
 * @param positions how far this member's own log is
 * @param members the membership in force at this member; how far each is only the leader knows
 */
public record GroupStatus(
        UUID clusterId,
        MemberId self,
        long term,
        @Nullable MemberId leaderOrNull,
        Positions positions,
        List<MemberStatus> members) {
    public GroupStatus {
        members = List.copyOf(members);
    }

    public Optional<MemberId> leader() {
        return Optional.ofNullable(leaderOrNull);
    }

    public boolean leads() {
        return self.equals(leaderOrNull);
    }

    /**
     * Indexes of this member's log.
     *
     * @param firstIndex the oldest entry that is kept; what is before it is in the state only
     * @param lastIndex the newest entry on this disk
     * @param commitIndex the newest entry known to be on a majority's disks
     * @param appliedIndex the newest entry in this state
     * @param snapshotIndex the entry at which the last snapshot was received here, 0 if none was since the start
     */
    public record Positions(long firstIndex, long lastIndex, long commitIndex, long appliedIndex, long snapshotIndex) {}

    /**
     * A member, as its leader sees it.
     *
     * @param matchIndex the newest entry known to be on its disk; empty if this node does not lead
     * @param lagEntries entries of the leader's log that it lacks; empty if this node does not lead
     * @param sinceContact time since it last answered, or since this node leads if it never did; empty if this node does not lead
     * @param receivesSnapshot whether a snapshot is being sent to it
     */
    public record MemberStatus(
            Member member,
            OptionalLong matchIndex,
            OptionalLong lagEntries,
            Optional<Duration> sinceContact,
            boolean receivesSnapshot) {}
}
