package io.mortar.journal.group;

import akka.Done;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.state.SnapshotSink;
import io.mortar.journal.wire.GroupMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What this node tells its {@link RaftActor}. */
sealed interface RaftCommand extends GroupMessage {
    /** A command that somebody waits for. */
    sealed interface Asked extends RaftCommand {
        CompletableFuture<?> done();
    }

    record Append(byte[] payload, boolean shrinking, long term, CompletableFuture<Long> done) implements Asked {}

    record Confirm(long term, CompletableFuture<Void> done) implements Asked {}

    record Transfer(@Nullable MemberId to, CompletableFuture<Done> done) implements Asked {}

    record ChangeMember(MemberChange change, CompletableFuture<Done> done) implements Asked {}

    record Listen(LeadershipListener listener) implements RaftCommand {}

    record Candidates(List<Candidate> candidates) implements RaftCommand {}

    enum Signal implements RaftCommand {
        TICK,
        /** Everything that was in the mailbox has reached the core. */
        PUMP,
        STOP
    }

    /** All that was handed out to be stored up to {@code number} is on stable storage. */
    record Written(long number) implements RaftCommand {}

    /** A batch is in the state. */
    record Applied(long index, long bytes) implements RaftCommand {}

    /** State and log stand at a snapshot that was received. */
    record Installed(SnapshotPoint point) implements RaftCommand {}

    /** A store or a stream failed so that nobody knows what is on the disk. */
    record Broken(Throwable failure) implements RaftCommand {}

    /** What the disk lets in. */
    record SpaceSeen(boolean growth, boolean writes) implements RaftCommand {}

    /** A snapshot of {@code from}, sent as the leader of {@code term}, is complete in {@code sink}, which belongs to the receiver now. */
    record SnapshotArrived(MemberId from, long term, SnapshotPoint point, SnapshotSink sink) implements RaftCommand {}

    /** A stream to {@code to} has ended. */
    record SnapshotSent(MemberId to, boolean arrived, long index) implements RaftCommand {}
}
