package io.mortar.node.simulation;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftSettings;
import io.mortar.journal.raft.RaftStatus;
import io.mortar.journal.raft.ReadResult;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.SnapshotWanted;
import io.mortar.testkit.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One node: a consensus core on a disk that is slow, can be crashed and paused, and leads now and then. */
final class Replica {
    private static final int TICK_MICROS = 10_000;
    private static final int SLOW_FACTOR = 5;
    private static final int DISK_MICROS_MAX = 3_000;
    private static final int LOG_ENTRIES_MAX = 60;
    private static final int LOG_ENTRIES_KEPT = 20;
    private static final int AGAIN_MICROS_MAX = 50_000;
    private static final int STREAM_MICROS_MAX = 200_000;
    private static final RaftSettings SETTINGS =
            new RaftSettings(2, 8, 16, 1 << 20, 1 << 16, 16, 1 << 20, 1 << 22, 1 << 14, 1 << 14, 1024);

    private final int number;
    private final SimulatedPool pool;
    private final RandomGenerator random;
    private final MemoryDisk disk;
    private final Deque<DiskStep> diskSteps = new ArrayDeque<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final Map<SnapshotPoint, MemoryDisk.Copy> received = new HashMap<>();
    private final Map<Long, Consumer<ReadResult>> reads = new HashMap<>();
    private @Nullable RaftCore core;
    private @Nullable LedVolume led;
    private int life;
    private boolean paused;
    private boolean diskBusy;
    private boolean slow;
    private long lastRead;

    /** Something that becomes durable at once or not at all, and what the core is told then. */
    private record DiskStep(Runnable durable, Consumer<RaftCore> report) {}

    Replica(int number, SimulatedPool pool, RandomGenerator random, Membership membership) {
        this.number = number;
        this.pool = pool;
        this.random = random;
        this.disk = new MemoryDisk(SnapshotPoint.origin(membership));
    }

    static MemberId id(int number) {
        return new MemberId("n" + number);
    }

    int number() {
        return number;
    }

    MemoryDisk disk() {
        return disk;
    }

    boolean isLeading() {
        return led != null;
    }

    boolean isRunning() {
        return core != null;
    }

    void start() {
        disk.reconcile();
        life++;
        core = new RaftCore(
                id(number), SETTINGS, disk.hardState(), disk, disk.applied().index(), Seeds.random(random.nextLong()));
        tickLater();
    }

    /** Loses everything in memory, and of what is being written any end. */
    void crash() {
        int finished = random.nextInt(diskSteps.size() + 1);
        for (int i = 0; i < finished; i++) {
            diskSteps.remove().durable.run();
        }
        diskSteps.clear();
        held.clear();
        received.clear();
        reads.clear();
        core = null;
        led = null;
        paused = false;
        diskBusy = false;
        life++;
    }

    /** Nothing runs until {@link #resume}; what arrives waits. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        while (!paused && !held.isEmpty()) {
            held.remove().run();
        }
    }

    /** Its clock runs slowly, and nothing else does. */
    void setSlow(boolean value) {
        slow = value;
    }

    void transfer(int to) {
        if (core != null && core.transfer(id(to))) {
            drain(core);
        }
    }

    /** Runs {@code what} on this node, unless it has crashed since; later if it is paused. */
    private Runnable guarded(Consumer<RaftCore> what) {
        int scheduledLife = life;
        return new Runnable() {
            @Override
            public void run() {
                if (core == null || life != scheduledLife) {
                    return;
                }
                if (paused) {
                    held.add(this);
                    return;
                }
                RaftCore running = core;
                what.accept(running);
                if (core == running) {
                    drain(running);
                }
            }
        };
    }

    private void tickLater() {
        int micros = TICK_MICROS * 4 / 5 + random.nextInt(TICK_MICROS * 2 / 5);
        pool.clock().after(slow ? SLOW_FACTOR * micros : micros, guarded(running -> {
            running.tick();
            tickLater();
        }));
    }

    /** Delivers to whatever life of this node is there when the message arrives. */
    void deliver(Consumer<RaftCore> what) {
        guarded(what).run();
    }

    /** Delivers a client's request to the leadership it was sent to. */
    void request(long term, Consumer<LedVolume> what) {
        deliver(running -> {
            if (led != null && (led.term() == term || pool.has(Mutation.COPY_REACHES_LATER_LEADERSHIP))) {
                what.accept(led);
            }
        });
    }

    /** Runs {@code what} here after {@code delayMicros}, if this node does not crash before. */
    void later(long delayMicros, Runnable what) {
        pool.clock().after(delayMicros, guarded(running -> what.run()));
    }

    void readIndex(RaftCore running, Consumer<ReadResult> whenKnown) {
        reads.put(++lastRead, whenKnown);
        running.readIndex(lastRead);
    }

    private void drain(RaftCore running) {
        while (running.hasReady()) {
            Ready ready = running.ready();
            ready.messages().forEach(this::send);
            ready.snapshots().forEach(wanted -> stream(running, wanted));
            store(ready);
            if (!ready.committed().isEmpty()) {
                apply(ready.committed());
            }
            for (ReadResult result : ready.reads()) {
                Consumer<ReadResult> waiting = reads.remove(result.readId());
                if (waiting != null) {
                    waiting.accept(result);
                }
            }
        }
        followLeadership(running);
    }

    private void send(Message message) {
        Replica to = pool.replica(message.to());
        pool.wires().send(number, to.number, () -> to.deliver(core -> core.step(message)));
    }

    private void store(Ready ready) {
        SnapshotPoint point = ready.install();
        if (point != null) {
            MemoryDisk.Copy copy = received.remove(point);
            if (copy == null) {
                throw new AssertionError("asked to install " + point + ", which was not received");
            }
            toDisk(() -> disk.install(copy), core -> {});
            toDisk(() -> disk.reset(point), core -> core.installed(point));
        }
        toDisk(() -> disk.write(ready), core -> core.persisted(ready.number()));
    }

    private void apply(List<Entry> committed) {
        long index = committed.get(committed.size() - 1).index();
        toDisk(() -> disk.apply(committed), core -> {
            core.applied(index);
            if (led != null) {
                led.applied(committed);
            }
            if (index - disk.start().index() > LOG_ENTRIES_MAX) {
                disk.compact(core.compact(index - LOG_ENTRIES_KEPT));
            }
        });
        if (pool.has(Mutation.APPLIED_TWICE) && random.nextInt(10) == 0) {
            later(random.nextInt(AGAIN_MICROS_MAX), () -> disk.applyAgain(committed));
        }
    }

    private void toDisk(Runnable durable, Consumer<RaftCore> report) {
        diskSteps.add(new DiskStep(durable, report));
        if (!diskBusy) {
            syncLater();
        }
    }

    /** All that is there shares one sync. */
    private void syncLater() {
        diskBusy = true;
        int count = diskSteps.size();
        pool.clock().after(random.nextInt(DISK_MICROS_MAX), guarded(running -> {
            List<DiskStep> done = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                done.add(diskSteps.remove());
            }
            done.forEach(step -> step.durable.run());
            done.forEach(step -> step.report.accept(running));
            diskBusy = false;
            if (!diskSteps.isEmpty()) {
                syncLater();
            }
        }));
    }

    private void stream(RaftCore running, SnapshotWanted wanted) {
        Replica to = pool.replica(wanted.member());
        MemoryDisk.Copy copy = disk.copy();
        long term = running.term();
        boolean[] arrived = new boolean[1];
        pool.wires()
                .send(
                        number,
                        to.number,
                        () -> to.deliver(core -> {
                            to.received.put(copy.point(), copy);
                            core.step(new Message.SnapshotDone(id(number), wanted.member(), term, copy.point()));
                            pool.wires().send(to.number, number, () -> arrived[0] = true);
                        }));
        pool.clock()
                .after(
                        STREAM_MICROS_MAX,
                        guarded(core -> core.snapshotSent(
                                wanted.member(), arrived[0], copy.point().index())));
    }

    private void followLeadership(RaftCore running) {
        boolean leads = running.role() == RaftStatus.RoleName.LEADER;
        if (led != null && (!leads || led.term() != running.term())) {
            led = null;
        }
        if (led == null && leads && hasCaughtUp(running)) {
            led = new LedVolume(this, pool, running.term(), running);
            led.announce();
        }
    }

    private boolean hasCaughtUp(RaftCore running) {
        return pool.has(Mutation.DECIDED_ON_OLD_STATE)
                || disk.applied().index() >= running.status().leadershipIndex();
    }

    /** Whether {@code volume} is still led here. */
    boolean leads(LedVolume volume) {
        return led == volume;
    }
}
