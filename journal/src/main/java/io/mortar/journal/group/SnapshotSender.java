package io.mortar.journal.group;

import io.mortar.journal.group.OutgoingSnapshot.Progress;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.wire.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends copies of the present state: one to each member at most, and few at once. The core hears of a stream's failure some time later,
 * since it asks for another one at once.
 */
final class SnapshotSender {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSender.class);

    private final GroupParts parts;
    private final String ownAddress;
    private final Consumer<RaftCommand> core;
    private final Deque<BulkCommand.Send> waiting = new ArrayDeque<>();
    private final List<OutgoingSnapshot> active = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();
    private long ticks;

    SnapshotSender(GroupParts parts, String ownAddress, Consumer<RaftCommand> core) {
        this.parts = parts;
        this.ownAddress = ownAddress;
        this.core = core;
    }

    private record Failed(MemberId member, long untilTick) {}

    void send(BulkCommand.Send wanted) {
        forget(wanted.to());
        waiting.add(wanted);
        startNext();
    }

    private void forget(MemberId member) {
        waiting.removeIf(send -> send.to().equals(member));
        failed.removeIf(stream -> stream.member().equals(member));
        for (OutgoingSnapshot stream : List.copyOf(active)) {
            if (stream.to().equals(member)) {
                end(stream);
            }
        }
    }

    private void startNext() {
        while (active.size() < parts.settings().streams().outgoingMax() && !waiting.isEmpty()) {
            BulkCommand.Send next = waiting.remove();
            Route route = new Route(
                    parts.identity().clusterId(), parts.identity().group(), parts.self(), next.to(), ownAddress);
            OutgoingSnapshot stream = new OutgoingSnapshot(
                    next.peer(),
                    route,
                    ThreadLocalRandom.current().nextLong(),
                    parts.stores().state().snapshotSource(),
                    parts.settings().streams());
            active.add(stream);
            LOG.info(
                    "snapshot is sent from={} to={} index={} term={}",
                    parts.self(),
                    next.to(),
                    stream.index(),
                    next.term());
            stream.offer(next.term());
        }
    }

    /** May read from disk. */
    void progress(MemberId from, long number, int acknowledged) {
        for (OutgoingSnapshot stream : List.copyOf(active)) {
            if (stream.to().equals(from) && stream.stream() == number) {
                advance(stream, () -> stream.acknowledged(acknowledged));
            }
        }
    }

    void refused(MemberId from, long number) {
        for (OutgoingSnapshot stream : List.copyOf(active)) {
            if (stream.to().equals(from) && stream.stream() == number) {
                advance(stream, () -> Progress.FAILED);
            }
        }
    }

    void tick() {
        ticks++;
        for (OutgoingSnapshot stream : List.copyOf(active)) {
            advance(stream, stream::tick);
        }
        for (Failed stream : List.copyOf(failed)) {
            if (stream.untilTick() <= ticks) {
                failed.remove(stream);
                core.accept(new RaftCommand.SnapshotSent(stream.member(), false, 0));
            }
        }
    }

    private interface Step {
        Progress run();
    }

    private void advance(OutgoingSnapshot stream, Step step) {
        Progress progress;
        try {
            progress = step.run();
        } catch (IllegalStateException e) { // the state that it copies was switched
            progress = Progress.FAILED;
        }
        if (progress == Progress.GOES_ON) {
            return;
        }
        LOG.info(
                "snapshot has ended from={} to={} index={} sentBytes={} outcome={}",
                parts.self(),
                stream.to(),
                stream.index(),
                stream.sentBytes(),
                progress);
        end(stream);
        if (progress == Progress.ARRIVED) {
            core.accept(new RaftCommand.SnapshotSent(stream.to(), true, stream.index()));
        } else {
            failed.add(
                    new Failed(stream.to(), ticks + parts.settings().streams().retryTicks()));
        }
        startNext();
    }

    private void end(OutgoingSnapshot stream) {
        active.remove(stream);
        stream.close();
    }

    /** Ends all streams; the core wants to hear of none. */
    void endAll() {
        waiting.clear();
        failed.clear();
        List.copyOf(active).forEach(this::end);
    }
}
