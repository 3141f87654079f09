package io.mortar.journal.raft;

/**
 * Times in ticks and bounds. A tick is what the shell makes it, 100 ms in production.
 *
 * @param heartbeatTicks between two heartbeats of a leader
 * @param electionTicksMin how long a follower waits for its leader at least; also how long it protects its leader from candidates
 *     (§4.2.3), how often a leader checks that a majority hears it (§6.2), and after how long a transfer is given up (§3.10)
 * @param electionTicksMax how long a follower waits at most, inclusive
 * @param entryBytesMax largest payload; the shell's frames must be able to carry it
 * @param appendBytesMax entries of one {@link Message.Append} by {@link Entry#sizeBytes()}; a larger entry travels alone
 * @param appendsInFlightMax unanswered appends per follower
 * @param inFlightBytesMax bytes of unanswered appends per follower
 * @param uncommittedBytesMax uncommitted entries above which a leader refuses proposals, and unstored entries above which a follower
 *     ignores appends
 * @param committedBytesMax entries of one {@link Ready#committed()}; a larger entry is handed out alone
 * @param retainedBytesMax stored entries kept in memory for followers and for applying
 * @param readsMax reads that wait for confirmation
 */
public record RaftSettings(
        int heartbeatTicks,
        int electionTicksMin,
        int electionTicksMax,
        int entryBytesMax,
        int appendBytesMax,
        int appendsInFlightMax,
        int inFlightBytesMax,
        int uncommittedBytesMax,
        int committedBytesMax,
        int retainedBytesMax,
        int readsMax) {
    private static final int KIB = 1024;

    public RaftSettings {
        require(heartbeatTicks >= 1, "heartbeatTicks must be at least 1");
        require(electionTicksMin > 2 * heartbeatTicks, "electionTicksMin must be more than two heartbeats");
        require(electionTicksMax > electionTicksMin, "electionTicksMax must be above electionTicksMin");
        require(entryBytesMax >= KIB, "entryBytesMax must be at least 1 KiB, for memberships");
        require(appendBytesMax >= 1 && appendsInFlightMax >= 1, "an append must be allowed");
        require(inFlightBytesMax >= appendBytesMax, "inFlightBytesMax must hold an append");
        require(uncommittedBytesMax >= 1 && committedBytesMax >= 1, "an entry must be allowed");
        require(retainedBytesMax >= 0 && readsMax >= 1, "retainedBytesMax and readsMax must be positive");
    }

    /** For ticks of 100 ms and a small machine. */
    public static RaftSettings standard() {
        return new RaftSettings(
                2, 15, 30, 960 * KIB, 256 * KIB, 64, 2048 * KIB, 8192 * KIB, 1024 * KIB, 4096 * KIB, 4096);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
