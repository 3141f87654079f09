package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.StoredLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every event (figure 3.2, §6.4), checked by what changed: each check is of one replica against what all
 * replicas have ever shown.
 */
final class Checker {
    private record Position(long index, long term) {}

    private record Linked(Entry entry, long previousTerm) {}

    /** A committed entry, and the term of the leader that committed it. */
    private record Committed(Entry entry, long leaderTerm) {}

    private final Map<Long, MemberId> leaders = new HashMap<>();
    private final Map<Position, Linked> everSeen = new HashMap<>();
    private final List<Committed> committed = new ArrayList<>();

    private final Map<Long, SimState> states = new HashMap<>();
    private final Map<MemberId, StoredLog> disks = new TreeMap<>();
    private long acknowledged;
    private long snapshots;
    private long changes;
    private long reads;

    /** What {@code member} has on disk. */
    void watch(MemberId member, StoredLog disk) {
        disks.put(member, disk);
    }

    /** Index of the last entry that is committed. */
    long committed() {
        return committed.size();
    }

    private Committed committed(long index) {
        return committed.get(Math.toIntExact(index - 1));
    }

    /** Index of the last write that a client was told to be done. */
    long acknowledged() {
        return acknowledged;
    }

    void acknowledge(long index) {
        acknowledged = Math.max(acknowledged, index);
    }

    /** How often the rarer things happened. */
    Simulation.Summary summary(long events) {
        return new Simulation.Summary(events, committed(), acknowledged, leaders.size(), snapshots, changes, reads);
    }

    /** Log matching (§3.5): an index and a term name one entry, and one before it. Brings {@code log} up to date. */
    void onReady(MemberId member, Ready ready, ShadowLog log) {
        snapshots += ready.install() == null ? 0 : 1;
        for (Entry entry : ready.entries()) {
            log.put(entry);
            long previousTerm = log.term(entry.index() - 1);
            require(entry.term() >= previousTerm, () -> member + " has " + entry + " after term " + previousTerm);
            Linked linked = new Linked(entry, previousTerm);
            @Nullable Linked known = everSeen.putIfAbsent(new Position(entry.index(), entry.term()), linked);
            require(known == null || known.equals(linked), () -> member + " has " + linked + ", known is " + known);
        }
    }

    /** One leader per term, leader completeness (§3.6). To be called whenever a replica may have become leader. */
    void onLeader(MemberId member, RaftCore core, ShadowLog log) {
        @Nullable MemberId other = leaders.putIfAbsent(core.term(), member);
        require(other == null || other.equals(member), () -> member + " and " + other + " lead term " + core.term());
        if (other != null) {
            return;
        }
        for (long index = committed(); index > log.startIndex(); index--) {
            Committed known = committed(index);
            long at = index;
            if (known.leaderTerm < core.term()) {
                require(
                        at <= log.lastIndex() && log.entry(at).equals(known.entry),
                        () -> member + " leads term " + core.term() + " without the committed " + known.entry);
            }
        }
    }

    /** All replicas commit the same entries; what a leader commits is on the disks of a majority. */
    void onCommitted(MemberId member, RaftCore core, ShadowLog log, long from, boolean led) {
        long to = core.committed();
        for (long index = Math.max(from, log.startIndex()) + 1; index <= to; index++) {
            Entry entry = log.entry(index);
            if (index <= committed()) {
                Entry known = committed(index).entry;
                require(known.equals(entry), () -> member + " commits " + entry + ", others " + known);
            } else {
                require(led, () -> member + " follows, and is the first to commit " + entry);
                requireOnMajority(entry, core.status().membership());
                committed.add(new Committed(entry, core.term()));
                changes += entry.kind() == Entry.Kind.MEMBERSHIP ? 1 : 0;
            }
        }
    }

    private void requireOnMajority(Entry entry, Membership membership) {
        long copies = membership.voters().stream()
                .filter(voter -> isStored(entry, disks.get(voter)))
                .count();
        require(
                copies >= membership.majority(),
                () -> entry + " is committed and on " + copies + " disks of " + membership.voters());
    }

    private static boolean isStored(Entry entry, @Nullable StoredLog disk) {
        if (disk == null || entry.index() > disk.lastIndex()) {
            return false;
        }
        return entry.index() <= disk.start().index() || disk.term(entry.index()) == entry.term();
    }

    /** Replicas that have applied the same index are in the same state. */
    void onApplied(MemberId member, SimState state) {
        @Nullable SimState known = states.putIfAbsent(state.point().index(), state);
        require(known == null || known.equals(state), () -> member + " has the state " + state + ", others " + known);
    }

    /** What a log begins behind is what the states were at that index. */
    void onCompacted(MemberId member, SnapshotPoint start) {
        @Nullable SimState known = states.get(start.index());
        require(
                start.index() == 0 || (known != null && known.point().equals(start)),
                () -> member + " compacts its log to " + start + ", the state there was " + known);
    }

    /** Reads see at least what was acknowledged before they began (§6.4). */
    void onRead(MemberId member, long acknowledgedBefore, long index) {
        reads++;
        require(
                index >= acknowledgedBefore,
                () -> member + " reads at " + index + ", but " + acknowledgedBefore + " was acknowledged before");
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new SimulationFailure(otherwise.get());
        }
    }
}
