package io.mortar.journal.membership;

import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.Member.Role;
import io.mortar.journal.raft.MemberId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A picture with the questions that the policy's rules ask of it. */
final class Scene {
    private final MembershipPicture picture;
    private final MembershipSettings settings;

    Scene(MembershipPicture picture, MembershipSettings settings) {
        this.picture = picture;
        this.settings = settings;
    }

    Stream<MemberId> members(Role... roles) {
        return Arrays.stream(roles)
                .flatMap(role -> picture.membership().members().stream()
                        .filter(member -> member.role() == role)
                        .map(Member::id));
    }

    Set<MemberId> voters() {
        return members(Role.VOTER).collect(Collectors.toSet());
    }

    Set<MemberId> learners() {
        return members(Role.LEARNER).collect(Collectors.toSet());
    }

    boolean leads(MemberId id) {
        return id.equals(picture.leader());
    }

    Optional<Candidate> candidate(MemberId id) {
        return picture.candidates().stream()
                .filter(node -> node.id().equals(id))
                .findFirst();
    }

    /** Where the pool knows a member to be, if the membership says otherwise. */
    Optional<String> newAddress(MemberId id) {
        String noted = picture.membership().find(id).map(Member::address).orElse("");
        return candidate(id).map(Candidate::address).filter(address -> !address.equals(noted));
    }

    /** Reachable nodes that are no members. */
    Stream<Candidate> replacements() {
        Set<MemberId> members = members(Role.values()).collect(Collectors.toSet());
        return picture.candidates().stream().filter(node -> node.reachable() && !members.contains(node.id()));
    }

    boolean isAlive(MemberId id) {
        return silence(id).compareTo(settings.contactWithin()) <= 0;
    }

    /** Silent for so long that it is replaced. */
    boolean isGone(MemberId id) {
        return silence(id).compareTo(settings.replaceVoterAfter()) > 0;
    }

    boolean stays(MemberId id) {
        return candidate(id).isPresent() && !isGone(id);
    }

    boolean hasCaughtUp(MemberId id) {
        return isAlive(id) && lagEntries(id) <= settings.promotionLagEntriesMax();
    }

    long lagEntries(MemberId id) {
        MembershipPicture.Contact contact = picture.contacts().get(id);
        return contact == null ? Long.MAX_VALUE : contact.lagEntries();
    }

    long freeBytes(MemberId id) {
        return candidate(id).map(Candidate::freeBytes).orElse(0L);
    }

    /** Whether the living voters are a majority of the voters without {@code id}. */
    boolean canLoseVoteOf(MemberId id) {
        Set<MemberId> rest = voters();
        boolean voted = rest.remove(id);
        return !voted || livingMajority(rest);
    }

    /** Whether the living voters are a majority of the voters with {@code id}. */
    boolean canVote(MemberId id) {
        Set<MemberId> more = voters();
        more.add(id);
        return livingMajority(more);
    }

    private boolean livingMajority(Set<MemberId> voters) {
        return voters.stream().filter(this::isAlive).count() > voters.size() / 2;
    }

    long votersOnHostOf(MemberId id) {
        String host = host(id);
        return members(Role.VOTER).filter(voter -> host(voter).equals(host)).count();
    }

    /** The best to hold a vote first: on a host with few other copies, with the most room. */
    Comparator<MemberId> byFitness() {
        return Comparator.comparingLong(this::otherCopiesOnHostOf)
                .thenComparing(Comparator.comparingLong(this::freeBytes).reversed())
                .thenComparing(Comparator.naturalOrder());
    }

    private long otherCopiesOnHostOf(MemberId id) {
        String host = host(id);
        return members(Role.values())
                .filter(member ->
                        !member.equals(id) && !isGone(member) && host(member).equals(host))
                .count();
    }

    private String host(MemberId id) {
        return candidate(id).map(Candidate::host).orElse("");
    }

    private Duration silence(MemberId id) {
        if (leads(id)) {
            return Duration.ZERO;
        }
        MembershipPicture.Contact contact = picture.contacts().get(id);
        return contact == null ? Duration.ofSeconds(Long.MAX_VALUE) : contact.since();
    }
}
