package io.mortar.journal.group;

import io.mortar.journal.raft.MemberId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This node does not lead, or not that term: nothing happened, and nothing will of what was asked. */
public final class NotLeaderException extends RuntimeException {
    private final @Nullable MemberId leader;

    public NotLeaderException(String message, @Nullable MemberId leader) {
        super(message);
        this.leader = leader;
    }

    /** The member that is believed to lead now. */
    public Optional<MemberId> leader() {
        return Optional.ofNullable(leader);
    }
}
