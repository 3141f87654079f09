package io.mortar.journal.raft;

import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;

/** One core whose peers are the test: what it sends is collected, what it writes is stored when the test says so. */
final class TestReplica {
    static final MemberId A = new MemberId("a");
    static final MemberId B = new MemberId("b");
    static final MemberId C = new MemberId("c");
    static final RaftSettings SETTINGS = new RaftSettings(1, 5, 10, 1024, 200, 4, 400, 1600, 300, 400, 4);

    final MemoryLog log;
    final RaftCore core;
    final List<Message> sent = new ArrayList<>();
    final List<Entry> committed = new ArrayList<>();
    final List<ReadResult> reads = new ArrayList<>();
    final List<SnapshotWanted> snapshots = new ArrayList<>();

    TestReplica(MemberId self, Membership founders) {
        this(self, new MemoryLog(SnapshotPoint.origin(founders)), 0);
    }

    TestReplica(MemberId self, MemoryLog log, long applied) {
        this.log = log;
        core = new RaftCore(self, SETTINGS, log.hardState(), log, applied, Seeds.random(1));
    }

    static Membership voters(MemberId... ids) {
        return new Membership(
                List.of(ids).stream().map(id -> Member.voter(id, id + ":1")).toList());
    }

    /** Stores and applies at once whatever the core wants, until it wants nothing. */
    TestReplica settle() {
        while (core.hasReady()) {
            store(take());
        }
        return this;
    }

    Ready take() {
        Ready ready = core.ready();
        sent.addAll(ready.messages());
        reads.addAll(ready.reads());
        snapshots.addAll(ready.snapshots());
        return ready;
    }

    void store(Ready ready) {
        log.write(ready);
        if (ready.install() != null) {
            core.installed(ready.install());
        }
        core.persisted(ready.number());
        for (Entry entry : ready.committed()) {
            committed.add(entry);
            core.applied(entry.index());
        }
    }

    TestReplica ticks(int count) {
        for (int i = 0; i < count; i++) {
            core.tick();
        }
        return settle();
    }

    TestReplica step(Message... messages) {
        for (Message message : messages) {
            core.step(message);
            settle();
        }
        return this;
    }

    /** Waits until this stands for election; the only voter wins it at once. */
    void loseLeader() {
        for (int i = 0; i < SETTINGS.electionTicksMax() && core.role() == RaftStatus.RoleName.FOLLOWER; i++) {
            ticks(1);
        }
    }

    /** Makes this the leader of the next term, by the votes of {@code supporters}, who then have its first entry. */
    TestReplica lead(MemberId... supporters) {
        MemberId self = core.status().self();
        loseLeader();
        long term = core.term() + 1;
        for (MemberId supporter : supporters) {
            step(new Message.PreVoteReply(supporter, self, term - 1, term, true));
        }
        for (MemberId supporter : supporters) {
            step(new Message.VoteReply(supporter, self, term, true));
        }
        for (MemberId supporter : supporters) {
            step(new Message.AppendAccepted(supporter, self, term, core.status().lastIndex()));
        }
        sent.clear();
        return this;
    }

    <M extends Message> List<M> sent(Class<M> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
