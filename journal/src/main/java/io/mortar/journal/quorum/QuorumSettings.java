package io.mortar.journal.quorum;

import com.typesafe.config.Config;

/**
 * The keys of {@code mortar.journal.quorum}; {@code reference.conf} says what each means.
 *
 * @param groupBytesMax rows of one log entry, and so of one atomic write
 */
record QuorumSettings(int eventBytesMax, int groupBytesMax, int pendingMax, int recoveredActorsMax) {
    static final String PATH = "mortar.journal.quorum";

    QuorumSettings {
        if (eventBytesMax < 1 || groupBytesMax < eventBytesMax || pendingMax < 1 || recoveredActorsMax < 1) {
            throw new IllegalArgumentException(
                    PATH + " needs event-bytes-max, pending-writes-max and recovered-actors-max of at least 1"
                            + " and a group-bytes-max of at least event-bytes-max, but got " + eventBytesMax + ", "
                            + pendingMax + ", "
                            + recoveredActorsMax + " and " + groupBytesMax);
        }
    }

    /** Reads {@code mortar.journal.quorum}. */
    static QuorumSettings of(Config config) {
        return new QuorumSettings(
                Math.toIntExact(config.getBytes("event-bytes-max")),
                Math.toIntExact(config.getBytes("group-bytes-max")),
                config.getInt("pending-writes-max"),
                config.getInt("recovered-actors-max"));
    }
}
