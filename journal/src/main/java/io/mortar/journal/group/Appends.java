package io.mortar.journal.group;

import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.raft.Proposal;
import io.mortar.journal.raft.Proposal.Reason;
import io.mortar.journal.raft.RaftCore;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Proposes what is appended. While leadership is being handed over the core takes nothing, and it may be that nobody takes over and this
 * node leads on in the same term. So appends are held until that is known: {@link NotLeaderException} must mean that the leadership is
 * over, since whoever wrote for it gives it up and waits for the next one (test: {@code
 * appends_wait_for_a_handover_and_are_made_in_order_when_nobody_takes_over}). Those held count among the requests that wait for an
 * answer, which {@link Outstanding} bounds.
 */
final class Appends {
    private final RaftCore core;
    private final Leadership leadership;
    private final SpaceWatch space;
    private final GroupSettings settings;
    private final Deque<RaftCommand.Append> held = new ArrayDeque<>();

    Appends(RaftCore core, Leadership leadership, SpaceWatch space, GroupSettings settings) {
        this.core = core;
        this.leadership = leadership;
        this.space = space;
        this.settings = settings;
    }

    /** Proposes, refuses or holds it. */
    void add(RaftCommand.Append append) {
        if (!held.isEmpty() || !decide(append)) {
            held.add(append);
        }
    }

    /**
     * Called after whatever happened to the core, once the end of a leadership was noticed: a handover may have been given up. Of what
     * was held for a leadership that is over, nothing happened and nothing will.
     */
    void observe() {
        while (!held.isEmpty() && decide(held.element())) {
            held.remove();
        }
    }

    /** Whether it was proposed or refused; false if it has to wait for the end of a handover. */
    private boolean decide(RaftCommand.Append append) {
        if (!leadership.leads(append.term())) {
            append.done().completeExceptionally(notLeading(append));
            return true;
        }
        KvNoSpaceException full = space.refusal(append.shrinking()).orElse(null);
        if (full != null) {
            append.done().completeExceptionally(full);
            return true;
        }
        Proposal proposal = core.propose(append.payload());
        if (proposal instanceof Proposal.Accepted accepted) {
            leadership.await(accepted.index(), accepted.index(), append.done());
        } else if (proposal instanceof Proposal.Refused refused) {
            if (refused.reason() == Reason.TRANSFERRING) {
                return false;
            }
            append.done().completeExceptionally(refusal(append, refused.reason()));
        }
        return true;
    }

    private RuntimeException refusal(RaftCommand.Append append, Reason reason) {
        return switch (reason) {
            case OVERLOADED ->
                new LogOverloadedException("more than " + settings.raft().uncommittedBytesMax()
                        + " bytes wait for a majority already: try again when it has caught up");
            case TOO_LARGE -> RaftGroup.tooLarge(append.payload().length, settings);
            case NOT_LEADER -> notLeading(append);
            default -> throw new AssertionError("rows refused for " + reason);
        };
    }

    private NotLeaderException notLeading(RaftCommand.Append append) {
        return new NotLeaderException(leadership.standing(core, append.term()), core.leader());
    }
}
