package io.mortar.journal.raft;

/** The log no longer reaches back to what {@code member} needs: send it a snapshot of the present state (§5.3). */
public record SnapshotWanted(MemberId member) {}
