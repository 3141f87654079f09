package io.mortar.journal.state;

import io.mortar.journal.log.RaftLogStore;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.raft.SnapshotPoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Goes on with one copy after a group has lost the majority of its voters for good. Unsafe, since nobody can tell what the lost members
 * had acknowledged. Called on stores that nothing else uses, by a person's explicit wish.
 */
public final class UnsafeRecovery {
    private UnsafeRecovery() {}

    /**
     * What one copy holds.
     *
     * @param term latest term this member has seen
     * @param lastIndex last entry of its log
     * @param lastTerm term of that entry; of several copies, the one with the highest term, then the highest index, has most
     * @param applied what its state holds
     * @param membership the latest one in its log
     */
    public record Remains(long term, long lastIndex, long lastTerm, SnapshotPoint applied, Membership membership) {
        /** Whether there is anything to go on with. */
        public boolean recoverable() {
            return !membership.members().isEmpty();
        }

        /** For the person who decides: what there is, and what is lost or may change. */
        public String describe() {
            if (!recoverable()) {
                return "This copy is empty: it was never sent anything. There is nothing to go on with.";
            }
            String members = membership.members().stream()
                    .map(m -> m.id() + " (" + m.role().name().toLowerCase(java.util.Locale.ROOT) + ", " + m.address()
                            + ")")
                    .collect(Collectors.joining(", "));
            return "This copy ends at entry " + lastIndex + " of term " + lastTerm + "; it has seen term " + term
                    + " and has applied "
                    + applied.index() + " entries. Members: " + members + ".\n"
                    + "LOST: whatever the other members acknowledged after entry " + lastIndex
                    + "; how much that is cannot be known here.\n"
                    + "MAY APPEAR: up to " + (lastIndex - applied.index())
                    + " entries that are stored here but perhaps were never acknowledged; they take effect.\n"
                    + "Compare all copies that are left, and take the one with the highest last term, then the highest last entry.\n"
                    + "No other member may ever start with its old stores again: move their directories away first.";
        }
    }

    /** Changes nothing. */
    public static Remains describe(GroupStores stores) {
        RaftLogStore log = stores.log();
        long last = log.lastIndex();
        return new Remains(
                log.hardState().term(), last, log.term(last), stores.state().applied(), log.membership(last));
    }

    /**
     * Makes this member the only voter, durably: one entry after the last, of a new term, that says so. When the group is started, this
     * member elects itself and everything in its log takes effect. Once that entry is there, calling this again adds another one, which
     * harms nothing.
     *
     * @param self this member, voter or learner
     * @param address where it listens
     * @return what there is then
     */
    public static Remains perform(GroupStores stores, MemberId self, String address) {
        Remains before = describe(stores);
        if (!before.recoverable()) {
            throw new IllegalStateException(before.describe());
        }
        long term = Math.max(before.term(), before.lastTerm()) + 1;
        Membership alone = new Membership(List.of(Member.voter(self, address)));
        stores.log()
                .append(
                        new HardState(term, null),
                        List.of(new Entry(
                                before.lastIndex() + 1, term, Entry.Kind.MEMBERSHIP, MembershipCodec.encode(alone))));
        return describe(stores);
    }
}
