package io.mortar.journal.group;

import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.wire.PeerMessage.SnapshotFrame;
import io.mortar.journal.wire.PeerMessage.SnapshotOffer;
import io.mortar.journal.wire.PeerMessage.SnapshotRefused;
import io.mortar.journal.wire.Route;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives one copy of the state at a time. A newer offer takes the place of an older one, unless that is complete. */
final class SnapshotReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReceiver.class);

    private final GroupParts parts;
    private final PeerRefs refs;
    private final Consumer<RaftCommand> core;
    private @Nullable IncomingSnapshot current;

    SnapshotReceiver(GroupParts parts, PeerRefs refs, Consumer<RaftCommand> core) {
        this.parts = parts;
        this.refs = refs;
        this.core = core;
    }

    void offered(SnapshotOffer offer) {
        IncomingSnapshot old = current;
        if (old != null && old.is(offer.route().from(), offer.stream())) {
            if (!old.isComplete()) {
                old.acknowledge();
            }
            return;
        }
        boolean known =
                offer.point().index() <= parts.stores().state().applied().index();
        if (known || (old != null && old.isComplete())) {
            refuse(offer.route(), offer.stream());
            return;
        }
        discard();
        try {
            IncomingSnapshot next = new IncomingSnapshot(
                    offer,
                    refs.bulk(offer.route().address()),
                    back(offer.route()),
                    parts.stores().state().snapshotSink());
            current = next;
            LOG.info(
                    "snapshot is received member={} from={} index={}",
                    parts.self(),
                    next.from(),
                    offer.point().index());
            next.acknowledge();
        } catch (KvNoSpaceException e) {
            LOG.warn(
                    "snapshot is refused member={} from={}: {}",
                    parts.self(),
                    offer.route().from(),
                    e.getMessage());
            refuse(offer.route(), offer.stream());
        }
    }

    void frame(SnapshotFrame frame) {
        IncomingSnapshot stream = current;
        if (stream == null || !stream.is(frame.route().from(), frame.stream())) {
            refuse(frame.route(), frame.stream());
            return;
        }
        try {
            Optional<SnapshotPoint> point = stream.accept(frame.number(), frame.bytes());
            point.ifPresent(complete -> core.accept(
                    new RaftCommand.SnapshotArrived(stream.from(), stream.term(), complete, stream.sink())));
        } catch (KvNoSpaceException | IllegalArgumentException e) {
            LOG.warn("snapshot is given up member={} from={}: {}", parts.self(), stream.from(), e.getMessage());
            stream.refuse();
            discard();
        }
    }

    /** The copy that was complete is installed, or closed unused. */
    void taken(boolean installed) {
        IncomingSnapshot stream = current;
        current = null;
        if (stream == null) {
            return;
        }
        if (installed) {
            stream.acknowledge();
        } else {
            stream.refuse();
        }
    }

    void tick() {
        IncomingSnapshot stream = current;
        if (stream != null
                && !stream.isComplete()
                && stream.tick() > parts.settings().streams().abandonTicks()) {
            LOG.info("snapshot was abandoned by its sender member={} from={}", parts.self(), stream.from());
            discard();
        }
    }

    /** Gives up what is not complete; what is belongs to the core's actor. */
    void discard() {
        IncomingSnapshot stream = current;
        current = null;
        if (stream != null && !stream.isComplete()) {
            stream.sink().close();
        }
    }

    private void refuse(Route route, long stream) {
        refs.bulk(route.address()).tell(new SnapshotRefused(back(route), stream));
    }

    private Route back(Route route) {
        return new Route(route.clusterId(), route.group(), route.to(), route.from(), refs.ownAddress());
    }
}
