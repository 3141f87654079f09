package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.state.SnapshotSource;
import io.mortar.journal.wire.GroupMessage;
import io.mortar.journal.wire.PeerMessage;
import io.mortar.journal.wire.PeerMessage.SnapshotFrame;
import io.mortar.journal.wire.PeerMessage.SnapshotOffer;
import io.mortar.journal.wire.Route;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A copy on its way to one member: a window of frames is out, and the next is read from disk when one is acknowledged. Frames that are
 * not acknowledged in time are sent again.
 */
final class OutgoingSnapshot implements AutoCloseable {
    /** What is known of a stream after something happened to it. */
    enum Progress {
        GOES_ON,
        ARRIVED,
        FAILED
    }

    private final ActorRef<GroupMessage> peer;
    private final Route route;
    private final long stream;
    private final SnapshotSource source;
    private final GroupSettings.Streams limits;
    private final Deque<PeerMessage> unacknowledged = new ArrayDeque<>();
    private int acknowledged = -1;
    private int sent;
    private boolean ended;
    private int silentTicks;
    private int attempts = 1;

    /** @param route from this member to the receiver */
    OutgoingSnapshot(
            ActorRef<GroupMessage> peer,
            Route route,
            long stream,
            SnapshotSource source,
            GroupSettings.Streams limits) {
        this.peer = peer;
        this.route = route;
        this.stream = stream;
        this.source = source;
        this.limits = limits;
    }

    MemberId to() {
        return route.to();
    }

    long stream() {
        return stream;
    }

    /** Where the copy ends in the log. */
    long index() {
        return source.point().index();
    }

    long sentBytes() {
        return source.sentBytes();
    }

    /** Offers the copy; frames follow when the receiver is ready. */
    void offer(long term) {
        send(new SnapshotOffer(route, stream, term, source.point()));
    }

    /** Everything up to frame {@code number} is written there. May read from disk. */
    Progress acknowledged(int number) {
        if (number > sent) {
            return Progress.FAILED;
        }
        if (number > acknowledged) {
            silentTicks = 0;
            attempts = 1;
            for (; acknowledged < number; acknowledged++) {
                unacknowledged.remove();
            }
            fill();
        }
        return ended && unacknowledged.isEmpty() ? Progress.ARRIVED : Progress.GOES_ON;
    }

    private void fill() {
        while (!ended && unacknowledged.size() < limits.windowFrames()) {
            byte[] frame = source.next();
            if (frame == null) {
                ended = true;
            } else {
                sent++;
                send(new SnapshotFrame(route, stream, sent, frame));
            }
        }
    }

    Progress tick() {
        silentTicks++;
        if (silentTicks < limits.silenceTicksMax()) {
            return Progress.GOES_ON;
        }
        if (attempts == limits.attemptsMax()) {
            return Progress.FAILED;
        }
        silentTicks = 0;
        attempts++;
        unacknowledged.forEach(peer::tell);
        return Progress.GOES_ON;
    }

    private void send(PeerMessage message) {
        unacknowledged.add(message);
        peer.tell(message);
    }

    @Override
    public void close() {
        source.close();
    }
}
