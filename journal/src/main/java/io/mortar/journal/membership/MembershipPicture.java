package io.mortar.journal.membership;

import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a leader knows when it asks for the next change.
 *
 * @param leader the member that asks
 * @param membership in force, with no change to it under way
 * @param contacts how every other member does
 * @param candidates the nodes of the pool; nothing is changed while there are none
 */
public record MembershipPicture(
        MemberId leader, Membership membership, Map<MemberId, Contact> contacts, List<Candidate> candidates) {
    public MembershipPicture {
        contacts = Map.copyOf(contacts);
        candidates = List.copyOf(candidates);
    }

    /**
     * @param lagEntries entries of the leader's log that the member is not known to have
     * @param since time since the member last answered, or since this leadership began if it never did
     */
    public record Contact(long lagEntries, Duration since) {}
}
