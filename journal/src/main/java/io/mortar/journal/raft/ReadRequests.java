package io.mortar.journal.raft;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Linearizable reads without writing to the log (§6.4): the commit index at the time of the request is safe to read at as soon as a
 * majority has confirmed, after the request, that the leader still leads. One round of heartbeats confirms everything that waited
 * when it began; what comes meanwhile waits for the next one.
 */
final class ReadRequests {
    private record Read(long readId, long index) {}

    private final Replica replica;
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final ArrayDeque<Read> asked = new ArrayDeque<>();
    private final Map<MemberId, Long> answered = new HashMap<>();
    private long round;

    ReadRequests(Replica replica) {
        this.replica = replica;
    }

    /** The latest round, sent along with every heartbeat: a lost one is made up for by the next. */
    long round() {
        return round;
    }

    void add(long readId) {
        if (waiting.size() + asked.size() >= replica.settings.readsMax()) {
            replica.outbox.answer(new ReadResult.Failed(readId));
        } else {
            waiting.add(readId);
        }
    }

    /** Begins a round if reads wait and none is under way; returns whether heartbeats are to be sent. */
    boolean beginRound() {
        if (waiting.isEmpty() || !asked.isEmpty()) {
            return false;
        }
        round++;
        long index = replica.log.committed();
        waiting.forEach(readId -> asked.add(new Read(readId, index)));
        waiting.clear();
        return true;
    }

    void answered(MemberId member, long context) {
        answered.merge(member, context, Math::max);
    }

    /** Answers the reads of the round under way, if a majority has confirmed it. */
    void confirm() {
        long reached = Quorum.reached(
                replica.membership(), id -> id.equals(replica.self) ? round : answered.getOrDefault(id, 0L));
        if (replica.rules.confirmedRound(reached, round) >= round) {
            asked.forEach(read -> replica.outbox.answer(new ReadResult.Confirmed(read.readId, read.index)));
            asked.clear();
        }
    }

    void failAll() {
        asked.forEach(read -> replica.outbox.answer(new ReadResult.Failed(read.readId)));
        waiting.forEach(readId -> replica.outbox.answer(new ReadResult.Failed(readId)));
        asked.clear();
        waiting.clear();
    }
}
