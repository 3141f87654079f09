package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.BrokenRule;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MemoryLog;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.Message.SnapshotDone;
import io.mortar.journal.raft.Proposal;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftStatus.RoleName;
import io.mortar.journal.raft.ReadResult;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.SnapshotWanted;
import io.mortar.testkit.Seeds;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A replica: a core, its disks, and a shell that does what {@link Ready} says and nothing else. */
final class SimNode {
    final MemberId id;
    final SimDisk logDisk;
    final SimDisk stateDisk;
    private final Cluster cluster;
    private final Checker checker;
    private final MemoryLog log;
    private final ArrayDeque<Proposal.Accepted> proposed = new ArrayDeque<>();
    private final Map<Long, Long> reading = new HashMap<>();
    private SimState state;
    private ShadowLog shadow;
    private @Nullable RaftCore core;
    private @Nullable SimState received;
    private long lives;
    private long checkedCommit;
    private long readIds;
    private boolean paused;

    SimNode(MemberId id, SnapshotPoint start, Cluster cluster) {
        this.id = id;
        this.cluster = cluster;
        checker = cluster.checker;
        logDisk = new SimDisk(cluster.timeline, cluster.random);
        stateDisk = new SimDisk(cluster.timeline, cluster.random);
        log = new MemoryLog(start);
        shadow = new ShadowLog(log);
        state = SimState.at(start);
        checker.watch(id, log);
        start();
    }

    boolean isUp() {
        return core != null;
    }

    boolean isLeader() {
        return core != null && core.role() == RoleName.LEADER;
    }

    /** Number of times it was started. */
    long lives() {
        return lives;
    }

    RaftCore core() {
        return Objects.requireNonNull(core);
    }

    SimState state() {
        return state;
    }

    /** A paused replica does nothing until it is woken, like one in a long garbage collection; its disks go on. */
    void setPaused(boolean newPaused) {
        paused = newPaused;
    }

    boolean isPaused() {
        return paused;
    }

    void crash() {
        cluster.trace(() -> id + " crashes");
        core = null;
        logDisk.crash();
        stateDisk.crash();
        proposed.clear();
        reading.clear();
        received = null;
        paused = false;
    }

    /** Starts from what the disks hold, after putting log and state in accord. */
    void start() {
        lives++;
        SnapshotPoint point = state.point();
        if (point.index() < log.start().index()) {
            throw new SimulationFailure(id + " has a log from " + log.start() + " and a state at " + point);
        }
        if (point.index() > log.lastIndex() || log.termAt(point.index()) != point.term()) {
            log.reset(point);
        }
        if (cluster.mutation == Mutation.FORGETS_VOTE) {
            log.forgetVote();
        }
        shadow = new ShadowLog(log);
        long applied = point.index();
        if (cluster.mutation == Mutation.APPLIES_TWICE && applied > log.start().index()) {
            applied--;
        }
        checkedCommit = applied;
        core = BrokenRule.core(
                cluster.mutation.brokenRule(),
                id,
                cluster.settings,
                log,
                applied,
                Seeds.random(cluster.seed * 1000 + id.hashCode() * 31L + lives));
        cluster.trace(() -> id + " starts, log " + log.start().index() + " to " + log.lastIndex() + ", state "
                + point.index() + ", " + log.hardState());
        flush();
    }

    void receive(Message message) {
        if (core != null) {
            cluster.trace(() -> id + " <- " + message);
            call(running -> running.step(message));
        }
    }

    void tick() {
        call(RaftCore::tick);
    }

    /** Proposes; the outcome is handed out with whatever the next call brings, as from a mailbox that is drained first. */
    void propose(byte[] payload) {
        accepted(core().propose(payload));
    }

    private void accepted(Proposal proposal) {
        cluster.trace(() -> id + " is proposed to: " + proposal);
        if (proposal instanceof Proposal.Accepted accepted) {
            proposed.add(accepted);
        }
    }

    /** Does what earlier proposals and reads made necessary. */
    void flush() {
        call(running -> {});
    }

    void read() {
        long readId = readIds++;
        reading.put(readId, checker.acknowledged());
        core().readIndex(readId);
    }

    void change(Membership membership) {
        cluster.trace(() -> id + " is to change to " + membership);
        call(leader -> accepted(leader.proposeMembership(membership)));
    }

    void transfer(MemberId to) {
        cluster.trace(() -> id + " is to hand over to " + to);
        call(leader -> leader.transfer(to));
    }

    void compact(long index) {
        call(running -> {
            SnapshotPoint start = running.compact(index);
            checker.onCompacted(id, start);
            logDisk.write(new SimDisk.Write(
                    () -> {
                        if (start.index() > log.start().index()) {
                            log.compact(start);
                        }
                    },
                    () -> {},
                    true));
        });
    }

    /** Calls the core, does what it says, and checks what must hold. */
    private void call(Consumer<RaftCore> action) {
        RaftCore running = core;
        if (running == null) {
            return;
        }
        boolean led = isLeader();
        action.accept(running);
        while (running.hasReady()) {
            handle(running.ready());
        }
        if (running.role() == RoleName.LEADER) {
            checker.onLeader(id, running, shadow);
        }
        if (running.committed() > checkedCommit) {
            checker.onCommitted(id, running, shadow, checkedCommit, led);
            checkedCommit = running.committed();
        }
    }

    private void handle(Ready ready) {
        if (ready.install() != null) {
            shadow.reset(ready.install());
        }
        checker.onReady(id, ready, shadow);
        ready.messages().forEach(cluster.network::send);
        store(ready);
        if (!ready.committed().isEmpty()) {
            apply(ready.committed());
        }
        ready.reads().forEach(this::answer);
        ready.snapshots().forEach(this::stream);
    }

    private void store(Ready ready) {
        SnapshotPoint install = ready.install();
        SimDisk.Write write = new SimDisk.Write(
                () -> log.write(ready),
                () -> call(running -> {
                    if (install != null) {
                        running.installed(install);
                    }
                    if (cluster.mutation != Mutation.ACKNOWLEDGES_BEFORE_SYNC) {
                        running.persisted(ready.number());
                    }
                }),
                install == null);
        logDisk.write(write);
        if (cluster.mutation == Mutation.ACKNOWLEDGES_BEFORE_SYNC) {
            cluster.timeline.after(0, () -> call(running -> running.persisted(ready.number())));
        }
        if (install != null) {
            SimState snapshot = Objects.requireNonNull(received);
            stateDisk.write(new SimDisk.Write(() -> setState(snapshot), () -> logDisk.allow(write), true));
        }
    }

    private void setState(SimState next) {
        state = next;
        checker.onApplied(id, next);
    }

    private void apply(List<Entry> entries) {
        long last = entries.get(entries.size() - 1).index();
        stateDisk.write(new SimDisk.Write(
                () -> entries.forEach(entry -> setState(state.apply(entry))),
                () -> {
                    entries.forEach(this::acknowledge);
                    call(running -> running.applied(last));
                },
                true));
    }

    /** Tells the client of whoever proposed this entry here that it is done. */
    private void acknowledge(Entry entry) {
        while (!proposed.isEmpty() && proposed.getFirst().index() <= entry.index()) {
            Proposal.Accepted accepted = proposed.removeFirst();
            if (accepted.equals(new Proposal.Accepted(entry.index(), entry.term()))) {
                checker.acknowledge(entry.index());
            }
        }
    }

    private void answer(ReadResult result) {
        long acknowledgedBefore = Objects.requireNonNull(reading.remove(result.readId()));
        if (result instanceof ReadResult.Confirmed confirmed) {
            checker.onRead(id, acknowledgedBefore, confirmed.index());
        }
    }

    /** Sends a copy of the present state; the receiver's answer, if it comes, ends the stream. */
    private void stream(SnapshotWanted wanted) {
        SimState snapshot = state;
        long term = core().term();
        long life = lives;
        cluster.trace(() -> id + " streams " + snapshot.point() + " to " + wanted.member());
        cluster.timeline.after(20 + cluster.random.nextInt(400), () -> {
            SimNode member = cluster.node(wanted.member());
            boolean open = cluster.network.isOpen(id, member.id) && cluster.network.isOpen(member.id, id);
            boolean arrived = lives == life && core != null && open && member.isUp();
            if (arrived) {
                member.receiveSnapshot(new SnapshotDone(id, member.id, term, snapshot.point()), snapshot);
            }
            if (lives == life) {
                call(running -> running.snapshotSent(
                        member.id, arrived, snapshot.point().index()));
            }
        });
    }

    private void receiveSnapshot(SnapshotDone done, SimState snapshot) {
        cluster.trace(() -> id + " <- " + done);
        received = snapshot;
        call(running -> running.step(done));
    }
}
