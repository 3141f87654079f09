package io.mortar.node.simulation;

import io.mortar.core.namespace.NamespaceRules;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Proposal;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.ReadResult;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import io.mortar.journal.state.RowBatchCodec;
import io.mortar.node.coordinator.SimulatedCoordinator;
import io.mortar.node.coordinator.SimulatedCoordinator.Asked;
import io.mortar.node.coordinator.SimulatedCoordinator.Decided;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a node does for a volume while it leads: one batch at a time; answers follow commits or confirmations. */
final class LedVolume {
    private static final int BATCH_MAX = 4;
    private static final int ANNOUNCE_MICROS = 25_000;
    private static final int AGAIN_MICROS = 5_000;

    private final Replica replica;
    private final SimulatedPool pool;
    private final long term;
    private final RaftCore core;
    private final SimulatedCoordinator coordinator = new SimulatedCoordinator();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final List<Reading> readings = new ArrayList<>();
    private @Nullable InFlight inFlight;

    private record Waiting(Asked asked, Consumer<Outcome> replyTo) {}

    /** @param index of the entry that must be applied before the answers; 0 while they are being confirmed */
    private record InFlight(long index, List<Waiting> batch, List<Outcome> outcomes) {
        void answer() {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).replyTo.accept(outcomes.get(i));
            }
        }
    }

    private record Reading(long index, Runnable answer) {}

    LedVolume(Replica replica, SimulatedPool pool, long term, RaftCore core) {
        this.replica = replica;
        this.pool = pool;
        this.term = term;
        this.core = core;
    }

    long term() {
        return term;
    }

    /** Tells every node, again and again, who leads. */
    void announce() {
        if (!replica.leads(this)) {
            return;
        }
        LeaderView here = new LeaderView(replica.number(), term);
        for (int node = 0; node < pool.replicas().size(); node++) {
            int to = node;
            pool.wires().send(replica.number(), to, () -> pool.heard(to, here));
        }
        replica.later(ANNOUNCE_MICROS, this::announce);
    }

    void ask(Query query, Consumer<Outcome> replyTo) {
        Runnable answer = () -> replyTo.accept(
                NamespaceRules.answer(pool.context(), replica.disk().rows(), query));
        if (pool.has(Mutation.READ_WITHOUT_QUORUM)) {
            answer.run();
        } else {
            replica.readIndex(core, result -> {
                if (result instanceof ReadResult.Confirmed confirmed) {
                    readings.add(new Reading(confirmed.index(), answer));
                    answerReadings();
                }
            });
        }
    }

    void change(Asked asked, Consumer<Outcome> replyTo) {
        queue.add(new Waiting(asked, replyTo));
        pump();
    }

    /** {@code entries} are applied here. */
    void applied(List<Entry> entries) {
        InFlight waiting = inFlight;
        if (waiting != null && entries.stream().anyMatch(entry -> isOf(entry, waiting))) {
            inFlight = null;
            waiting.answer();
            pump();
        }
        answerReadings();
    }

    private boolean isOf(Entry entry, InFlight waiting) {
        return entry.index() == waiting.index && entry.term() == term;
    }

    private void answerReadings() {
        long applied = replica.disk().applied().index();
        List<Reading> ready =
                readings.stream().filter(reading -> reading.index <= applied).toList();
        readings.removeAll(ready);
        ready.forEach(reading -> reading.answer.run());
    }

    private void pump() {
        if (inFlight != null || queue.isEmpty() || !replica.leads(this)) {
            return;
        }
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < BATCH_MAX && !queue.isEmpty()) {
            batch.add(queue.remove());
        }
        Decided decided = coordinator.decide(
                pool.context(),
                replica.disk().rows(),
                batch.stream().map(Waiting::asked).toList());
        if (decided.changes().isEmpty()) {
            confirm(new InFlight(0, batch, decided.outcomes()));
        } else {
            append(batch, decided);
        }
    }

    private void confirm(InFlight refused) {
        if (pool.has(Mutation.REFUSED_WITHOUT_QUORUM)) {
            refused.answer();
            pump();
            return;
        }
        inFlight = refused;
        replica.readIndex(core, result -> {
            inFlight = null;
            if (result instanceof ReadResult.Confirmed) {
                refused.answer();
            }
            pump();
        });
    }

    private void append(List<Waiting> batch, Decided decided) {
        List<RowBatch.Row> rows = decided.changes().stream()
                .filter(change -> !isDropped(change))
                .map(change -> new RowBatch.Row(Area.APPLICATION, change.key(), change.value()))
                .toList();
        Proposal proposal = core.term() == term ? core.propose(RowBatchCodec.encode(RowBatch.of(rows))) : null;
        if (proposal instanceof Proposal.Accepted accepted) {
            InFlight appended = new InFlight(accepted.index(), batch, decided.outcomes());
            inFlight = appended;
            if (pool.has(Mutation.ANSWERED_BEFORE_COMMIT)) {
                appended.answer();
                inFlight = new InFlight(accepted.index(), List.of(), List.of());
            }
        } else {
            for (int i = batch.size() - 1; i >= 0; i--) {
                queue.addFirst(batch.get(i));
            }
            replica.later(AGAIN_MICROS, this::pump);
        }
    }

    private boolean isDropped(RowChange change) {
        return pool.has(Mutation.DEDUP_ROW_DROPPED)
                && change.key()[0] == Table.ANSWER.letter()
                && !RowKeys.isSettled(change.key());
    }
}
