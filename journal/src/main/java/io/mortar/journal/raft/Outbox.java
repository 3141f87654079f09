package io.mortar.journal.raft;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the next {@link Ready} carries besides the log, and the messages that wait for a write. */
final class Outbox {
    private record Held(long number, Message message) {}

    private final List<Held> held = new ArrayList<>();
    private List<Message> messages = new ArrayList<>();
    private List<ReadResult> reads = new ArrayList<>();
    private List<SnapshotWanted> snapshots = new ArrayList<>();
    private @Nullable SnapshotPoint install;

    void send(Message message) {
        messages.add(message);
    }

    /** Sends {@code message} once write {@code number} and all before it are durable. */
    void sendAfter(long number, Message message) {
        held.add(new Held(number, message));
    }

    void persisted(long number) {
        Iterator<Held> iterator = held.iterator();
        while (iterator.hasNext()) {
            Held next = iterator.next();
            if (next.number <= number) {
                messages.add(next.message);
                iterator.remove();
            }
        }
    }

    /** Messages of terms before {@code term} are of no use any more; this is what bounds those that wait. */
    void dropBefore(long term) {
        held.removeIf(waiting -> waiting.message.term() < term);
    }

    void answer(ReadResult result) {
        reads.add(result);
    }

    void wantSnapshot(MemberId member) {
        snapshots.add(new SnapshotWanted(member));
    }

    void install(SnapshotPoint point) {
        install = point;
    }

    boolean hasInstall() {
        return install != null;
    }

    boolean isEmpty() {
        return messages.isEmpty() && reads.isEmpty() && snapshots.isEmpty() && install == null;
    }

    /** Empties this into a {@link Ready}. */
    Ready take(long number, @Nullable HardState hardState, List<Entry> entries, List<Entry> committed) {
        Ready ready = new Ready(number, hardState, entries, messages, committed, reads, snapshots, install);
        messages = new ArrayList<>();
        reads = new ArrayList<>();
        snapshots = new ArrayList<>();
        install = null;
        return ready;
    }
}
