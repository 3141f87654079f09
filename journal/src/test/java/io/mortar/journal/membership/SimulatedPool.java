package io.mortar.journal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.membership.MembershipPicture.Contact;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pool whose first voter leads. Members are in contact and have everything unless a test says otherwise. */
final class SimulatedPool {
    private static final MembershipSettings SETTINGS =
            new MembershipSettings(Duration.ofMinutes(5), Duration.ofSeconds(10), 100);

    private final MembershipPolicy policy = new MembershipPolicy(SETTINGS);
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<MemberId, Long> lags = new HashMap<>();
    private final Map<MemberId, Duration> silences = new HashMap<>();
    private Membership membership = Membership.NONE;
    private MemberId leader = new MemberId("a");

    SimulatedPool nodes(String... names) {
        for (String name : names) {
            node(name, "host-of-" + name, 100);
        }
        return this;
    }

    SimulatedPool node(String name, String host, long freeBytes) {
        candidates.add(new Candidate(new MemberId(name), name + ":1", host, true, freeBytes));
        return this;
    }

    /** The pool knows the node at another address now. */
    SimulatedPool moved(String name, String address) {
        candidates.replaceAll(node -> node.id().value().equals(name)
                ? new Candidate(node.id(), address, node.host(), node.reachable(), node.freeBytes())
                : node);
        return this;
    }

    SimulatedPool unreachable(String name) {
        candidates.replaceAll(node -> node.id().value().equals(name)
                ? new Candidate(node.id(), node.address(), node.host(), false, node.freeBytes())
                : node);
        return this;
    }

    SimulatedPool voters(String... names) {
        if (membership.members().isEmpty()) {
            leader = new MemberId(names[0]);
        }
        for (String name : names) {
            membership = membership.with(Member.voter(new MemberId(name), name + ":1"));
        }
        return this;
    }

    SimulatedPool learners(String... names) {
        for (String name : names) {
            membership = membership.with(Member.learner(new MemberId(name), name + ":1"));
        }
        return this;
    }

    SimulatedPool lags(String name, long entries) {
        lags.put(new MemberId(name), entries);
        return this;
    }

    SimulatedPool silent(String name, Duration since) {
        silences.put(new MemberId(name), since);
        return this;
    }

    Optional<MemberChange> next() {
        Map<MemberId, Contact> contacts = new HashMap<>();
        for (Member member : membership.members()) {
            if (!member.id().equals(leader)) {
                contacts.put(
                        member.id(),
                        new Contact(
                                lags.getOrDefault(member.id(), 0L), silences.getOrDefault(member.id(), Duration.ZERO)));
            }
        }
        return policy.next(new MembershipPicture(leader, membership, contacts, candidates));
    }

    /** Makes changes until none is left to make; each must keep one voter at least and change one vote at most. */
    void settle() {
        for (int i = 0; i < 100; i++) {
            Optional<MemberChange> change = next();
            if (change.isEmpty()) {
                return;
            }
            Membership changed = change.get().applyTo(membership);
            assertThat(changed.isOneVoterFrom(membership)).isTrue();
            assertThat(changed.voters()).isNotEmpty();
            membership = changed;
        }
        throw new AssertionError("never settles: " + membership);
    }

    String addressOf(String name) {
        return membership.find(new MemberId(name)).orElseThrow().address();
    }

    int voterCount() {
        return membership.voters().size();
    }

    int learnerCount() {
        return membership.members().size() - voterCount();
    }
}
