package io.mortar.journal.raft;

import io.mortar.journal.raft.RaftStatus.Flow;
import java.util.ArrayDeque;
import java.util.List;

/** What a leader knows of one other member, and what it may send to it. */
final class Progress {
    private record Sent(long lastIndex, long bytes) {}

    private final RaftSettings settings;
    private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
    private Flow flow = Flow.PROBE;
    private long match;
    private long next;
    private long unansweredBytes;
    private boolean probeUnanswered;
    private boolean heard;
    private boolean heardBefore;
    private int ticksSilent;
    /** The log must reach back to here as long as the member may need it after a snapshot; {@code MAX_VALUE} if it need not. */
    private long needed = Long.MAX_VALUE;

    Progress(RaftSettings settings, long next) {
        this.settings = settings;
        this.next = next;
    }

    Flow flow() {
        return flow;
    }

    long match() {
        return match;
    }

    long next() {
        return next;
    }

    long needed() {
        return needed;
    }

    int ticksSilent() {
        return ticksSilent;
    }

    boolean isActive() {
        return heard || heardBefore;
    }

    void tick() {
        ticksSilent++;
    }

    void hear() {
        heard = true;
        ticksSilent = 0;
    }

    /** Begins a new period of check-quorum (§6.2); returns whether the member was heard in the one that ends. */
    boolean wasHeard() {
        boolean was = heard;
        heardBefore = heard;
        heard = false;
        if (!was && flow == Flow.REPLICATE) {
            probeFrom(match + 1);
        }
        if (!was) {
            needed = Long.MAX_VALUE;
        }
        return was;
    }

    /** Whether an append with entries may be sent. */
    boolean maySend() {
        return switch (flow) {
            case PROBE -> !probeUnanswered;
            case REPLICATE ->
                unanswered.size() < settings.appendsInFlightMax() && unansweredBytes < settings.inFlightBytesMax();
            case SNAPSHOT -> false;
        };
    }

    /** An append was sent. While replicating, the next one follows it without waiting (§10.2.1). */
    void sent(List<Entry> entries) {
        if (flow == Flow.PROBE) {
            probeUnanswered = true;
        } else if (!entries.isEmpty()) {
            next += entries.size();
            long bytes = entries.stream().mapToLong(Entry::sizeBytes).sum();
            unanswered.add(new Sent(next - 1, bytes));
            unansweredBytes += bytes;
        }
    }

    /** The member cannot be reached by appends now; it is asked again after its next heartbeat. */
    void pause() {
        if (flow == Flow.PROBE) {
            probeUnanswered = true;
        }
    }

    void resume() {
        probeUnanswered = false;
    }

    /**
     * The member's stored log matches up to {@code index}. A member that waits for a snapshot goes on waiting, unless the log is enough
     * for it by now: an answer from before the snapshot must not begin a second one.
     */
    void accepted(long index, long logStart) {
        match = Math.max(match, index);
        while (!unanswered.isEmpty() && unanswered.getFirst().lastIndex <= index) {
            unansweredBytes -= unanswered.removeFirst().bytes;
        }
        if (match >= needed) {
            needed = Long.MAX_VALUE;
        }
        boolean reachable = flow != Flow.SNAPSHOT || match >= logStart;
        if (flow != Flow.REPLICATE && reachable) {
            flow = Flow.REPLICATE;
            next = match + 1;
            forgetUnanswered();
        }
        next = Math.max(next, match + 1);
    }

    /** Whether the refusal of the append after {@code previousIndex} is news, and not an answer that was overtaken. */
    boolean isRefusalNew(long previousIndex) {
        return switch (flow) {
            case PROBE -> previousIndex == next - 1;
            case REPLICATE -> previousIndex > match && previousIndex < next;
            case SNAPSHOT -> false;
        };
    }

    void probeFrom(long index) {
        flow = Flow.PROBE;
        next = Math.max(index, match + 1);
        probeUnanswered = false;
        forgetUnanswered();
    }

    void awaitSnapshot(long applied) {
        flow = Flow.SNAPSHOT;
        needed = applied;
        forgetUnanswered();
    }

    /** The snapshot has arrived or failed; either way the next append waits for a heartbeat, so that failures have a pace. */
    void snapshotEnded(boolean arrived, long index) {
        probeFrom(arrived ? index + 1 : match + 1);
        probeUnanswered = true;
        needed = arrived ? index : Long.MAX_VALUE;
    }

    private void forgetUnanswered() {
        unanswered.clear();
        unansweredBytes = 0;
    }
}
