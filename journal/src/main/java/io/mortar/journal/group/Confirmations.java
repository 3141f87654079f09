package io.mortar.journal.group;

import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.ReadResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait to know that this node still leads. One round of the core's reads is under way at a time, and all that ask meanwhile
 * share the next one: a round that has begun says nothing about what was acknowledged since.
 */
final class Confirmations {
    private final RaftCore core;
    private final Deque<Applying> applying = new ArrayDeque<>();
    private List<CompletableFuture<Void>> next = new ArrayList<>();
    private List<CompletableFuture<Void>> asked = new ArrayList<>();
    private long round;

    Confirmations(RaftCore core) {
        this.core = core;
    }

    /** Confirmed reads that wait for the state to reach {@code index}. */
    private record Applying(long index, List<CompletableFuture<Void>> reads) {}

    void add(CompletableFuture<Void> read) {
        next.add(read);
    }

    /** Begins a round if somebody waits and none is under way. */
    void flush() {
        if (asked.isEmpty() && !next.isEmpty()) {
            asked = next;
            next = new ArrayList<>();
            round++;
            core.readIndex(round);
        }
    }

    /** The core's answer; a round that was given up before is nobody's. */
    void answered(ReadResult result, long appliedIndex) {
        if (result.readId() != round) {
            return;
        }
        List<CompletableFuture<Void>> reads = asked;
        asked = new ArrayList<>();
        if (result instanceof ReadResult.Confirmed confirmed) {
            applying.add(new Applying(confirmed.index(), reads));
            applied(appliedIndex);
        } else {
            fail(reads, "the core refused a round of reads");
        }
    }

    void applied(long index) {
        while (!applying.isEmpty() && applying.peek().index() <= index) {
            applying.remove().reads().forEach(read -> read.complete(null));
        }
    }

    /** The leadership is over: nobody can be told that it still is. */
    void end() {
        List<CompletableFuture<Void>> all = new ArrayList<>(asked);
        all.addAll(next);
        applying.forEach(confirmed -> all.addAll(confirmed.reads()));
        asked = new ArrayList<>();
        next = new ArrayList<>();
        applying.clear();
        round++;
        fail(all, "the leadership ended");
    }

    private static void fail(List<CompletableFuture<Void>> reads, String why) {
        LeadershipLostException lost = new LeadershipLostException("leadership could not be confirmed: " + why);
        reads.forEach(read -> read.completeExceptionally(lost));
    }
}
