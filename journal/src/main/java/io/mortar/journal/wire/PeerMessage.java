package io.mortar.journal.wire;

import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.SnapshotPoint;

/** What a member of a group sends to another. Any of them may be lost, and come twice or out of order. */
public sealed interface PeerMessage extends GroupMessage {
    Route route();

    /** What the sender's core has to say to the receiver's. */
    record Consensus(Route route, Message message) implements PeerMessage {
        public Consensus {
            if (!route.from().equals(message.from()) || !route.to().equals(message.to())) {
                throw new IllegalArgumentException(
                        message + " does not belong on the way from " + route.from() + " to " + route.to());
            }
        }
    }

    /**
     * Opens a stream of frames, which are numbered from 1; the offer counts as frame 0. A new offer ends every older stream.
     *
     * @param stream number that the sender gives to one attempt
     * @param term the sender's term, as whose leader it sends
     * @param point what the snapshot contains
     */
    record SnapshotOffer(Route route, long stream, long term, SnapshotPoint point) implements PeerMessage {}

    /**
     * Part of a snapshot.
     *
     * @param bytes not copied: must not be changed
     */
    record SnapshotFrame(Route route, long stream, int number, byte[] bytes) implements PeerMessage {}

    /**
     * Says how far the receiver is.
     *
     * @param number of the last frame that is written, all before it included; the last one is acknowledged after all was verified
     */
    record SnapshotProgress(Route route, long stream, int number) implements PeerMessage {}

    /** The receiver gave the stream up, or does not know it. */
    record SnapshotRefused(Route route, long stream) implements PeerMessage {}
}
