package io.mortar.node.log;

import akka.Done;
import io.mortar.journal.group.GroupStatus;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.MemberId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A replicated log that is asked for rows only: every other call fails the test. */
public abstract class UnusedLog implements ReplicatedLog {
    @Override
    public MemberId self() {
        return new MemberId("fake");
    }

    @Override
    public CompletionStage<Void> confirm(long term) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KvSnapshot applicationSnapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void listen(LeadershipListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupStatus status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable MemberId to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Done> changeMember(MemberChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Throwable> failure() {
        throw new UnsupportedOperationException();
    }
}
