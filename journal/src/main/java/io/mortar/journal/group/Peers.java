package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.Message;
import io.mortar.journal.wire.GroupMessage;
import io.mortar.journal.wire.PeerMessage;
import io.mortar.journal.wire.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows where members are and sends them messages. The address of a member is what was learned last: from a message of its own, or from
 * a change in what the application says of it; before either, what the membership says.
 */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private final GroupIdentity identity;
    private final MemberId self;
    private final PeerRefs refs;
    private final int largeBytesMin;
    private final Map<MemberId, String> told = new HashMap<>();
    private final Map<MemberId, String> noted = new HashMap<>();
    private final Map<MemberId, Peer> peers = new HashMap<>();
    private boolean foreignSeen;

    Peers(GroupIdentity identity, MemberId self, PeerRefs refs, int largeBytesMin) {
        this.identity = identity;
        this.self = self;
        this.refs = refs;
        this.largeBytesMin = largeBytesMin;
    }

    /** Where a member is, and whether appends to it take the way of large messages. */
    private static final class Peer {
        private final String address;
        private final ActorRef<GroupMessage> core;
        private final ActorRef<GroupMessage> bulk;
        /** Until this index is acknowledged, appends follow a large one on its way: one that overtook it would be refused. */
        private long largeUntil;

        Peer(String address, ActorRef<GroupMessage> core, ActorRef<GroupMessage> bulk) {
            this.address = address;
            this.core = core;
            this.bulk = bulk;
        }
    }

    /** Whether a message is for this member of this group; learns the sender's address if it is. */
    boolean accepts(Route route) {
        if (!route.clusterId().equals(identity.clusterId()) || route.group() != identity.group()) {
            if (!foreignSeen) {
                foreignSeen = true;
                LOG.warn(
                        "messages of another cluster are dropped ownCluster={} cluster={} group={} from={} address={}",
                        identity.clusterId(),
                        route.clusterId(),
                        route.group(),
                        route.from(),
                        route.address());
            }
            return false;
        }
        if (!route.to().equals(self)) {
            return false;
        }
        place(route.from(), route.address());
        return true;
    }

    /** Takes the addresses of members of which nothing is known but what the membership said before, if that. */
    void learn(Membership membership) {
        for (Member member : membership.members()) {
            String before = noted.put(member.id(), member.address());
            Peer known = peers.get(member.id());
            if (known == null || known.address.equals(before)) {
                place(member.id(), member.address());
            }
        }
    }

    /** Takes the addresses that have changed since the application told of them last. */
    void learn(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (!candidate.address().equals(told.put(candidate.id(), candidate.address()))) {
                place(candidate.id(), candidate.address());
            }
        }
    }

    private void place(MemberId id, String address) {
        Peer known = peers.get(id);
        if (id.equals(self) || address.isEmpty() || (known != null && known.address.equals(address))) {
            return;
        }
        peers.put(id, new Peer(address, refs.core(address), refs.bulk(address)));
        LOG.info("member found group={} member={} address={}", identity.group(), id, address);
    }

    /** Sends it, if it is known where to. */
    void send(Message message) {
        Peer peer = peers.get(message.to());
        if (peer == null) {
            return;
        }
        Route route = new Route(identity.clusterId(), identity.group(), self, message.to(), refs.ownAddress());
        ActorRef<GroupMessage> way =
                message instanceof Message.Append append && isLarge(peer, append) ? peer.bulk : peer.core;
        way.tell(new PeerMessage.Consensus(route, message));
    }

    private boolean isLarge(Peer peer, Message.Append append) {
        long bytes = append.entries().stream().mapToLong(Entry::sizeBytes).sum();
        if (bytes < largeBytesMin && peer.largeUntil == 0) {
            return false;
        }
        peer.largeUntil = Math.max(peer.largeUntil, append.lastIndex());
        return true;
    }

    /** Notes how far a member's answer says that it is. */
    void heard(Message message) {
        Peer peer = peers.get(message.from());
        if (peer == null) {
            return;
        }
        boolean reached = message instanceof Message.AppendAccepted accepted && accepted.match() >= peer.largeUntil;
        if (reached || message instanceof Message.AppendRefused) {
            peer.largeUntil = 0;
        }
    }

    /** The actor of {@code id} that takes streams. */
    Optional<ActorRef<GroupMessage>> bulk(MemberId id) {
        return Optional.ofNullable(peers.get(id)).map(peer -> peer.bulk);
    }
}
