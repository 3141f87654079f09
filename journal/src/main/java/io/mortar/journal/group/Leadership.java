package io.mortar.journal.group;

import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftStatus.RoleName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present leadership of this node, from the moment that its first entry is applied: who is told of it, and who waits for entries of
 * it. All of them learn of its end at once.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final MemberId self;
    private final List<LeadershipListener> listeners = new ArrayList<>();
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    private long term;

    Leadership(MemberId self) {
        this.self = self;
    }

    private record Waiting<T>(long index, T answer, CompletableFuture<T> done) {
        void complete() {
            done.complete(answer);
        }
    }

    boolean leads(long asked) {
        return term != 0 && term == asked;
    }

    /** 0 while this node does not lead. */
    long term() {
        return term;
    }

    /** How it is that this node does not lead {@code asked}, for people. */
    String standing(RaftCore core, long asked) {
        return self + " does not lead term " + asked + ", it is " + core.role() + " in term " + core.term()
                + " and takes " + core.leader() + " for the leader";
    }

    void listen(LeadershipListener listener) {
        listeners.add(listener);
        if (term != 0) {
            listener.began(term);
        }
    }

    /** Completes {@code done} with {@code answer} when {@code index}, which is not below that of earlier calls, is applied. */
    <T> void await(long index, T answer, CompletableFuture<T> done) {
        waiting.add(new Waiting<>(index, answer, done));
    }

    /** Everything up to {@code index} is in the state. Ask {@link #ended} first: after the end nobody is told that an entry is applied. */
    void applied(long index) {
        while (!waiting.isEmpty() && waiting.peek().index() <= index) {
            waiting.remove().complete();
        }
    }

    /** Notices that the leadership is over; returns whether it ended just now. */
    boolean ended(RaftCore core) {
        if (term == 0 || (core.role() == RoleName.LEADER && core.term() == term)) {
            return false;
        }
        end("another term has begun: the outcome is not known");
        return true;
    }

    /** Ends the leadership, if there is one. */
    void end(String why) {
        if (term == 0) {
            return;
        }
        long over = term;
        term = 0;
        LOG.info("leadership ended member={} term={} unknownOutcomes={}", self, over, waiting.size());
        LeadershipLostException lost =
                new LeadershipLostException("leadership of " + self + " in term " + over + " ended, " + why);
        while (!waiting.isEmpty()) {
            waiting.remove().done().completeExceptionally(lost);
        }
        listeners.forEach(listener -> listener.ended(over));
    }

    /** Notices that this node leads now and has applied all that earlier leaderships left; returns whether it began just now. */
    boolean began(RaftCore core, long appliedIndex) {
        if (term != 0 || core.role() != RoleName.LEADER) {
            return false;
        }
        if (appliedIndex < core.status().leadershipIndex()) {
            return false;
        }
        term = core.term();
        LOG.info("leadership began member={} term={} applied={}", self, term, appliedIndex);
        listeners.forEach(listener -> listener.began(term));
        return true;
    }
}
