package io.mortar.journal.group;

import akka.Done;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.membership.MembershipPicture;
import io.mortar.journal.membership.MembershipPicture.Contact;
import io.mortar.journal.membership.MembershipPolicy;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.Proposal;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftStatus;
import io.mortar.journal.raft.RaftStatus.FollowerStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the membership while this node leads: one change at a time, by command or as the policy says. */
final class MemberChanges {
    private static final Logger LOG = LoggerFactory.getLogger(MemberChanges.class);

    private final RaftCore core;
    private final Leadership leadership;
    private final Handover handover;
    private final GroupSettings settings;
    private final MembershipPolicy policy;
    private List<Candidate> candidates = List.of();
    /** In which of this node's leaderships they were given; 0 for none. */
    private long candidatesTerm;

    MemberChanges(RaftCore core, Leadership leadership, Handover handover, GroupSettings settings) {
        this.core = core;
        this.leadership = leadership;
        this.handover = handover;
        this.settings = settings;
        this.policy = new MembershipPolicy(settings.membership());
    }

    /**
     * They count for the present leadership only, and for nothing if there is none: while others lead nodes join and leave, and acting on
     * what was so before would take voters that have joined since for forgotten ones (test: {@code
     * candidates_of_an_earlier_leadership_change_nothing}).
     */
    void candidates(List<Candidate> now) {
        candidates = List.copyOf(now);
        candidatesTerm = leadership.term();
    }

    /** Makes the change that is asked for, or refuses it. */
    void make(MemberChange change, CompletableFuture<Done> done) {
        if (leadership.term() == 0) {
            done.completeExceptionally(new NotLeaderException("only the leader changes the membership", core.leader()));
            return;
        }
        RaftStatus status = core.status();
        if (change instanceof MemberChange.Remove && change.id().equals(status.self())) {
            boolean begun = handover.begin(null);
            done.completeExceptionally(new IllegalStateException(
                    begun
                            ? "the leader does not remove itself, it hands leadership over now: ask the next leader again"
                            : "the leader does not remove itself, and there is nobody to hand leadership to"));
            return;
        }
        if (change instanceof MemberChange.Promote
                && lag(status, change.id()) > settings.membership().promotionLagEntriesMax()) {
            done.completeExceptionally(new IllegalStateException(
                    change.id() + " lacks " + lag(status, change.id()) + " entries: let it catch up first"));
            return;
        }
        propose(status, change, done);
    }

    private void propose(RaftStatus status, MemberChange change, CompletableFuture<Done> done) {
        Membership changed;
        try {
            changed = change.applyTo(status.membership());
        } catch (IllegalArgumentException e) {
            done.completeExceptionally(new IllegalStateException(change + " cannot be made: " + e.getMessage(), e));
            return;
        }
        if (changed.equals(status.membership())) {
            done.complete(Done.done());
            return;
        }
        Proposal proposal = core.proposeMembership(changed);
        if (proposal instanceof Proposal.Accepted accepted) {
            LOG.info("membership changes change={} index={} term={}", change, accepted.index(), accepted.term());
            leadership.await(accepted.index(), Done.done(), done);
        } else if (proposal instanceof Proposal.Refused refused) {
            done.completeExceptionally(new IllegalStateException(change + " is refused: " + refused.reason()));
        }
    }

    /** Makes the next change that the policy wants, if any, and if none is under way. */
    void pursue(long appliedIndex) {
        if (!leadership.leads(candidatesTerm) || candidates.isEmpty()) {
            return;
        }
        RaftStatus status = core.status();
        if (status.membershipIndex() > appliedIndex || status.transferTo() != null) {
            return;
        }
        MembershipPicture picture =
                new MembershipPicture(status.self(), status.membership(), contacts(status), candidates);
        policy.next(picture).ifPresent(change -> {
            CompletableFuture<Done> done = new CompletableFuture<>();
            make(change, done);
            done.minimalCompletionStage().whenComplete((made, failure) -> {
                if (failure != null) {
                    LOG.warn("membership does not change change={} reason=\"{}\"", change, failure.getMessage());
                }
            });
        });
    }

    private Map<MemberId, Contact> contacts(RaftStatus status) {
        Map<MemberId, Contact> contacts = new HashMap<>();
        for (Map.Entry<MemberId, FollowerStatus> follower : status.followers().entrySet()) {
            Duration silence = settings.tick().multipliedBy(follower.getValue().ticksSilent());
            contacts.put(follower.getKey(), new Contact(lag(status, follower.getKey()), silence));
        }
        return contacts;
    }

    private static long lag(RaftStatus status, MemberId id) {
        FollowerStatus follower = status.followers().get(id);
        return follower == null ? 0 : Math.max(0, status.lastIndex() - follower.match());
    }
}
