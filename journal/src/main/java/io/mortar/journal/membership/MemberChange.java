package io.mortar.journal.membership;

import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;

/** One single-server change of a membership (Ongaro's dissertation, section 4.1). A change that is there already changes nothing. */
public sealed interface MemberChange {
    MemberId id();

    /** {@code membership} with this change made; throws {@link IllegalArgumentException} when it is about nobody in it. */
    Membership applyTo(Membership membership);

    /** Gives a node a copy that does not vote. */
    record AddLearner(MemberId id, String address) implements MemberChange {
        @Override
        public Membership applyTo(Membership membership) {
            return membership.contains(id) ? membership : membership.with(Member.learner(id, address));
        }
    }

    /** Lets a learner vote. */
    record Promote(MemberId id) implements MemberChange {
        @Override
        public Membership applyTo(Membership membership) {
            return membership.with(Member.voter(id, MemberChange.addressOf(id, membership)));
        }
    }

    /** Takes the vote from a voter, which keeps its copy. */
    record Demote(MemberId id) implements MemberChange {
        @Override
        public Membership applyTo(Membership membership) {
            return membership.with(Member.learner(id, MemberChange.addressOf(id, membership)));
        }
    }

    /** Notes where a voter or learner is now, for those who have not heard from it there. */
    record Relocate(MemberId id, String address) implements MemberChange {
        @Override
        public Membership applyTo(Membership membership) {
            Member.Role role = MemberChange.find(id, membership).role();
            return membership.with(new Member(id, address, role));
        }
    }

    /** Takes a voter or learner out. A leader that is to go hands its leadership over instead, so that the next one can do it. */
    record Remove(MemberId id) implements MemberChange {
        @Override
        public Membership applyTo(Membership membership) {
            return membership.without(id);
        }
    }

    private static String addressOf(MemberId id, Membership membership) {
        return find(id, membership).address();
    }

    private static Member find(MemberId id, Membership membership) {
        return membership.find(id).orElseThrow(() -> new IllegalArgumentException(id + " is no member"));
    }
}
