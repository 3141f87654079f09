package io.mortar.journal.raft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The members of a group, ordered by id, each id once. {@link #NONE} is what a replica knows before a leader has told it more. */
public record Membership(List<Member> members) {
    /** Nobody. */
    public static final Membership NONE = new Membership(List.of());

    public Membership {
        members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).id().equals(members.get(i - 1).id())) {
                throw new IllegalArgumentException("member " + members.get(i).id() + " is listed twice");
            }
        }
    }

    /** The ids of those that vote. */
    public List<MemberId> voters() {
        List<MemberId> voters = new ArrayList<>(members.size());
        for (Member member : members) {
            if (member.role() == Member.Role.VOTER) {
                voters.add(member.id());
            }
        }
        return voters;
    }

    /** The smallest number of voters that is a majority. */
    public int majority() {
        return voters().size() / 2 + 1;
    }

    /** The member called {@code id}, if there is one. */
    public Optional<Member> find(MemberId id) {
        for (Member member : members) {
            if (member.id().equals(id)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code id} is a member of either role. */
    public boolean contains(MemberId id) {
        return find(id).isPresent();
    }

    /** Whether {@code id} is a member that votes. */
    public boolean isVoter(MemberId id) {
        return find(id).filter(member -> member.role() == Member.Role.VOTER).isPresent();
    }

    /** With {@code member} added, or put in the place of the one with its id. */
    public Membership with(Member member) {
        List<Member> changed = new ArrayList<>(without(member.id()).members);
        changed.add(member);
        return new Membership(changed);
    }

    /** Without the member called {@code id}. */
    public Membership without(MemberId id) {
        return new Membership(
                members.stream().filter(member -> !member.id().equals(id)).toList());
    }

    /**
     * Whether this differs from {@code other} by at most one voter, so that every majority of one shares a member with every majority
     * of the other (§4.1).
     */
    public boolean isOneVoterFrom(Membership other) {
        long added = voters().stream().filter(id -> !other.isVoter(id)).count();
        long removed = other.voters().stream().filter(id -> !isVoter(id)).count();
        return added + removed <= 1;
    }
}
