package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.state.SnapshotSink;
import io.mortar.journal.wire.GroupMessage;
import io.mortar.journal.wire.PeerMessage.SnapshotOffer;
import io.mortar.journal.wire.PeerMessage.SnapshotProgress;
import io.mortar.journal.wire.PeerMessage.SnapshotRefused;
import io.mortar.journal.wire.Route;
import java.util.Optional;

/** A copy that is being received, from its offer until it is installed. Nothing may be acknowledged beyond what is written. */
final class IncomingSnapshot {
    private final SnapshotOffer offer;
    private final ActorRef<GroupMessage> sender;
    private final Route back;
    private final SnapshotSink sink;
    private int received;
    private int silentTicks;
    private boolean complete;

    /** @param back from this member to the sender */
    IncomingSnapshot(SnapshotOffer offer, ActorRef<GroupMessage> sender, Route back, SnapshotSink sink) {
        this.offer = offer;
        this.sender = sender;
        this.back = back;
        this.sink = sink;
    }

    MemberId from() {
        return offer.route().from();
    }

    long term() {
        return offer.term();
    }

    SnapshotSink sink() {
        return sink;
    }

    boolean is(MemberId from, long stream) {
        return from().equals(from) && offer.stream() == stream;
    }

    /** Whether all frames are here: the copy belongs to the actor of the core then, and the last frame waits to be acknowledged. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Writes a frame if it is the next one, and says how far this is. Throws what {@link SnapshotSink#accept} throws.
     *
     * @return after the last frame, what the copy holds
     */
    Optional<SnapshotPoint> accept(int number, byte[] frame) {
        silentTicks = 0;
        if (complete || number > received + 1) {
            return Optional.empty();
        }
        Optional<SnapshotPoint> point = Optional.empty();
        if (number == received + 1) {
            point = sink.accept(frame);
            complete = point.isPresent();
            received++;
        }
        if (!complete) {
            acknowledge();
        }
        return point;
    }

    void acknowledge() {
        sender.tell(new SnapshotProgress(back, offer.stream(), received));
    }

    void refuse() {
        sender.tell(new SnapshotRefused(back, offer.stream()));
    }

    /** One more tick without a frame; returns how many there were. */
    int tick() {
        silentTicks++;
        return silentTicks;
    }
}
