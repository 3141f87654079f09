package io.mortar.journal.group;

import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import java.util.concurrent.Executor;

/**
 * What the actors of a group are made of.
 *
 * @param threads where blocking work is done
 * @param report what this node's callers see of the member
 */
record GroupParts(
        GroupIdentity identity,
        MemberId self,
        GroupStores stores,
        DiskSpace space,
        GroupSettings settings,
        Threads threads,
        MemberReport report) {
    /**
     * @param log writes the log
     * @param apply writes the state
     * @param bulk reads and writes copies, and asks the file system for its room
     */
    record Threads(Executor log, Executor apply, Executor bulk) {}
}
