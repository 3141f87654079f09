package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.wire.GroupMessage;

/** What this node tells its {@link BulkActor}. */
sealed interface BulkCommand extends GroupMessage {
    /** Comes first: where large appends, and news of streams, go. */
    record Start(ActorRef<GroupMessage> core) implements BulkCommand {}

    /** Sends a copy of the present state to {@code to}, as the leader of {@code term}. */
    record Send(MemberId to, ActorRef<GroupMessage> peer, long term) implements BulkCommand {}

    /** The copy that arrived last is no longer needed here: it is installed, or was closed unused. */
    record Taken(boolean installed) implements BulkCommand {}

    enum Signal implements BulkCommand {
        TICK,
        /** This node no longer leads: streams that it sends end. */
        LEADERSHIP_ENDED,
        STOP
    }
}
