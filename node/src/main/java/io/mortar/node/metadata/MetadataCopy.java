package io.mortar.node.metadata;

import io.mortar.journal.state.UnsafeRecovery.Remains;
import java.util.List;
import java.util.Locale;

/**
 * What one node's copy of the metadata holds, while the node does not run.
 *
 * @param term latest term that the node has seen
 * @param lastEntry last entry of its log
 * @param lastTerm term of that entry; of several copies, the one with the highest term, then the highest entry, has most
 * @param applied entries that its state holds
 * @param members the latest ones in its log; none when the copy never got anything, and then there is nothing to go on with
 * @param description all that in words, with what is lost by going on with this copy
 */
public record MetadataCopy(
        long term, long lastEntry, long lastTerm, long applied, List<Member> members, String description) {
    public MetadataCopy {
        members = List.copyOf(members);
    }

    /** @param role {@code voter} or {@code learner}; {@code address} as {@code host:port} */
    public record Member(String id, String role, String address) {}

    static MetadataCopy of(Remains remains) {
        List<Member> members = remains.membership().members().stream()
                .map(member -> new Member(
                        member.id().value(), member.role().name().toLowerCase(Locale.ROOT), member.address()))
                .toList();
        return new MetadataCopy(
                remains.term(),
                remains.lastIndex(),
                remains.lastTerm(),
                remains.applied().index(),
                members,
                remains.describe());
    }

    public boolean recoverable() {
        return !members.isEmpty();
    }
}
