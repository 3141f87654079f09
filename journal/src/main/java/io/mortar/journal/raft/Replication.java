package io.mortar.journal.raft;

import io.mortar.journal.raft.Message.Append;
import io.mortar.journal.raft.Message.AppendRefused;
import io.mortar.journal.raft.Message.Heartbeat;
import io.mortar.journal.raft.RaftStatus.Flow;
import io.mortar.journal.raft.RaftStatus.FollowerStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings the leader's log to the other members (§3.5), with many appends on their way at once (§10.2.1). */
final class Replication {
    private final Replica replica;
    private final RaftLog log;
    private final TreeMap<MemberId, Progress> followers = new TreeMap<>();

    Replication(Replica replica) {
        this.replica = replica;
        log = replica.log;
    }

    /** Follows the membership: members that are new are asked what they have, members that left are left alone. */
    void membershipChanged() {
        Membership membership = replica.membership();
        followers.keySet().removeIf(id -> !membership.contains(id));
        for (Member member : membership.members()) {
            if (!member.id().equals(replica.self)) {
                followers.computeIfAbsent(member.id(), id -> new Progress(replica.settings, log.lastIndex() + 1));
            }
        }
    }

    @Nullable
    Progress find(MemberId id) {
        return followers.get(id);
    }

    long match(MemberId id) {
        Progress progress = followers.get(id);
        return progress == null ? 0 : progress.match();
    }

    /** The lowest index that a member needs the log to reach back to. */
    long needed() {
        return followers.values().stream().mapToLong(Progress::needed).min().orElse(Long.MAX_VALUE);
    }

    void tick() {
        followers.values().forEach(Progress::tick);
    }

    /** Ends a period of check-quorum; returns how many other voters were heard in it (§6.2). */
    int countVotersHeard() {
        int count = 0;
        for (Map.Entry<MemberId, Progress> entry : followers.entrySet()) {
            boolean heard = entry.getValue().wasHeard();
            if (heard && replica.membership().isVoter(entry.getKey())) {
                count++;
            }
        }
        return count;
    }

    /** The active voter that has the most of the log. */
    Optional<MemberId> mostAdvancedVoter() {
        return followers.entrySet().stream()
                .filter(entry -> replica.membership().isVoter(entry.getKey()))
                .filter(entry -> entry.getValue().isActive())
                .max((a, b) -> Long.compare(a.getValue().match(), b.getValue().match()))
                .map(Map.Entry::getKey);
    }

    void sendHeartbeats(long context) {
        followers.forEach((id, progress) -> replica.send(
                new Heartbeat(replica.self, id, replica.term(), Math.min(log.committed(), progress.match()), context)));
    }

    void sendToAll() {
        followers.forEach(this::send);
    }

    /** Sends as many entries as the member may have on their way. */
    void send(MemberId id, Progress progress) {
        boolean more = progress.next() <= log.lastIndex();
        while (more && progress.maySend() && sendOne(id, progress)) {
            more = progress.next() <= log.lastIndex();
        }
    }

    /** Asks a member that has not stored everything whether it misses something: an append without entries finds out. */
    void sendProbe(MemberId id, Progress progress) {
        long previous = progress.next() - 1;
        if (progress.flow() == Flow.REPLICATE && previous >= log.start().index()) {
            replica.send(append(id, previous, List.of()));
        } else if (progress.flow() == Flow.REPLICATE || progress.maySend()) {
            sendOne(id, progress);
        }
    }

    private boolean sendOne(MemberId id, Progress progress) {
        long previous = progress.next() - 1;
        if (previous < log.start().index()) {
            return beginSnapshot(id, progress);
        }
        List<Entry> entries = progress.next() <= log.lastIndex()
                ? log.entries(progress.next(), log.lastIndex() + 1, replica.settings.appendBytesMax())
                : List.of();
        replica.send(append(id, previous, entries));
        progress.sent(entries);
        return true;
    }

    private Append append(MemberId id, long previous, List<Entry> entries) {
        return new Append(replica.self, id, replica.term(), previous, log.term(previous), entries, log.committed());
    }

    private boolean beginSnapshot(MemberId id, Progress progress) {
        if (progress.isActive()) {
            progress.awaitSnapshot(log.applied());
            replica.outbox.wantSnapshot(id);
        } else {
            progress.pause();
        }
        return false;
    }

    /** Goes back to where the two logs may match, a whole term at a time (§3.5). */
    void onRefused(AppendRefused refused, Progress progress) {
        if (progress.isRefusalNew(refused.previousIndex())) {
            long candidate = log.highestWithTermAtMost(refused.hintIndex(), refused.hintTerm(), progress.match());
            progress.probeFrom(Math.min(candidate + 1, refused.previousIndex()));
            sendProbe(refused.from(), progress);
        }
    }

    Map<MemberId, FollowerStatus> status() {
        TreeMap<MemberId, FollowerStatus> status = new TreeMap<>();
        for (Member member : replica.membership().members()) {
            Progress progress = followers.get(member.id());
            if (progress != null) {
                status.put(
                        member.id(),
                        new FollowerStatus(
                                member.role(),
                                progress.flow(),
                                progress.match(),
                                progress.isActive(),
                                progress.ticksSilent()));
            }
        }
        return status;
    }
}
