package io.mortar.journal.group;

import akka.Done;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftStatus;
import io.mortar.journal.raft.RaftStatus.FollowerStatus;
import io.mortar.journal.raft.RaftStatus.RoleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hands leadership over (Ongaro's dissertation, section 3.10), and tells those who wait for it. */
final class Handover {
    private final RaftCore core;
    private final List<CompletableFuture<Done>> waiting = new ArrayList<>();

    Handover(RaftCore core) {
        this.core = core;
    }

    /** Begins, or joins what has begun; {@code done} is completed by this or a later {@link #observe}. */
    void ask(@Nullable MemberId to, CompletableFuture<Done> done) {
        if (core.role() == RoleName.LEADER && !isUnderWay() && !begin(to)) {
            done.completeExceptionally(new IllegalStateException(
                    to == null ? "there is no other living voter to hand leadership to" : to + " is no other voter"));
            return;
        }
        waiting.add(done);
    }

    /** Begins to hand over, unless it is being done; without {@code to}, to the living voter that has most of the log. */
    boolean begin(@Nullable MemberId to) {
        if (to != null) {
            return core.transfer(to);
        }
        return best().filter(core::transfer).isPresent();
    }

    private boolean isUnderWay() {
        return core.status().transferTo() != null;
    }

    private Optional<MemberId> best() {
        return core.status().followers().entrySet().stream()
                .filter(follower -> follower.getValue().role() == Member.Role.VOTER)
                .filter(follower -> follower.getValue().active())
                .max(Comparator.comparingLong((Map.Entry<MemberId, FollowerStatus> follower) ->
                        follower.getValue().match()))
                .map(Map.Entry::getKey);
    }

    /** Called after whatever happened to the core. */
    void observe() {
        if (waiting.isEmpty()) {
            return;
        }
        RaftStatus status = core.status();
        if (status.role() != RoleName.LEADER) {
            take().forEach(done -> done.complete(Done.done()));
        } else if (status.transferTo() == null) {
            IllegalStateException givenUp = new IllegalStateException(
                    "nobody took leadership over within an election timeout; this node goes on");
            take().forEach(done -> done.completeExceptionally(givenUp));
        }
    }

    /** This member takes part no more, so it does not lead. */
    void end() {
        take().forEach(done -> done.complete(Done.done()));
    }

    private List<CompletableFuture<Done>> take() {
        List<CompletableFuture<Done>> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
