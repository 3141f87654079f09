package io.mortar.journal.group;

import io.mortar.journal.group.GroupStatus.MemberStatus;
import io.mortar.journal.group.GroupStatus.Positions;
import io.mortar.journal.log.RaftLogStore;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.RaftStatus;
import io.mortar.journal.raft.RaftStatus.Flow;
import io.mortar.journal.raft.RaftStatus.FollowerStatus;
import io.mortar.journal.state.GroupStores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Makes what people see of what the core knows. */
final class StatusView {
    private final UUID clusterId;
    private final Duration tick;

    StatusView(UUID clusterId, Duration tick) {
        this.clusterId = clusterId;
        this.tick = tick;
    }

    /** Of a member whose actor has not said anything yet. */
    static GroupStatus first(UUID clusterId, MemberId self, GroupStores stores) {
        RaftLogStore log = stores.log();
        long applied = stores.state().applied().index();
        List<MemberStatus> members = log.membership(log.lastIndex()).members().stream()
                .map(StatusView::unknown)
                .toList();
        Positions positions = new Positions(log.start().index() + 1, log.lastIndex(), applied, applied, 0);
        return new GroupStatus(clusterId, self, log.hardState().term(), null, positions, members);
    }

    private static MemberStatus unknown(Member member) {
        return new MemberStatus(member, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), false);
    }

    GroupStatus of(RaftStatus status, long snapshotIndex) {
        return new GroupStatus(
                clusterId,
                status.self(),
                status.term(),
                status.leader(),
                new Positions(
                        status.start().index() + 1,
                        status.persisted(),
                        status.committed(),
                        status.applied(),
                        snapshotIndex),
                status.membership().members().stream()
                        .map(member -> of(member, status))
                        .toList());
    }

    private MemberStatus of(Member member, RaftStatus status) {
        FollowerStatus follower = status.followers().get(member.id());
        if (follower != null) {
            return new MemberStatus(
                    member,
                    OptionalLong.of(follower.match()),
                    OptionalLong.of(Math.max(0, status.lastIndex() - follower.match())),
                    Optional.of(tick.multipliedBy(follower.ticksSilent())),
                    follower.flow() == Flow.SNAPSHOT);
        }
        boolean isLeader =
                status.role() == RaftStatus.RoleName.LEADER && member.id().equals(status.self());
        return isLeader
                ? new MemberStatus(
                        member,
                        OptionalLong.of(status.persisted()),
                        OptionalLong.of(status.lastIndex() - status.persisted()),
                        Optional.of(Duration.ZERO),
                        false)
                : unknown(member);
    }
}
