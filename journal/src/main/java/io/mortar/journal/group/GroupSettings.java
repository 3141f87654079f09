package io.mortar.journal.group;

import com.typesafe.config.Config;
import io.mortar.journal.membership.MembershipSettings;
import io.mortar.journal.raft.RaftSettings;
import java.time.Duration;

/**
 * The keys of {@code mortar.journal.group}; {@code reference.conf} says what each means.
 *
 * @param tick length of a tick, in which all other times of the core count
 * @param waitingMax appends that may wait for an answer, and as many confirmations
 */
public record GroupSettings(
        Duration tick,
        RaftSettings raft,
        Retention retention,
        Streams streams,
        MembershipSettings membership,
        int waitingMax) {
    public static final String PATH = "mortar.journal.group";

    public GroupSettings {
        if (tick.compareTo(Duration.ofMillis(1)) < 0 || waitingMax < 1) {
            throw new IllegalArgumentException(
                    PATH + " needs a tick of at least 1 ms and room for a waiting request, but got " + tick + " and "
                            + waitingMax);
        }
    }

    /**
     * How much of the log is kept after it was applied, for members that were away for a short time; what is reached first counts.
     */
    public record Retention(long entries, long bytes) {
        public Retention {
            if (entries < 0 || bytes < 0) {
                throw new IllegalArgumentException(
                        "retention is not negative, but got " + entries + " entries and " + bytes + " bytes");
            }
        }
    }

    /**
     * How snapshots and large appends travel.
     *
     * @param largeBytesMin appends from this size on go to the large-message actor
     * @param windowFrames frames of a snapshot that are sent ahead of their acknowledgement
     * @param outgoingMax snapshots that are sent at once
     * @param silenceTicksMax without an answer after which unacknowledged frames are sent again
     * @param attemptsMax times that frames are sent before the stream is given up
     * @param retryTicks after a stream that failed before the next one
     */
    public record Streams(
            int largeBytesMin,
            int windowFrames,
            int outgoingMax,
            int silenceTicksMax,
            int attemptsMax,
            int retryTicks) {
        public Streams {
            if (largeBytesMin < 1
                    || windowFrames < 1
                    || outgoingMax < 1
                    || silenceTicksMax < 1
                    || attemptsMax < 1
                    || retryTicks < 1) {
                throw new IllegalArgumentException("the settings of streams are at least 1, but are " + largeBytesMin
                        + ", " + windowFrames + ", " + outgoingMax + ", " + silenceTicksMax + ", " + attemptsMax
                        + " and " + retryTicks);
            }
        }

        /** Silence of a sender after which its receiver gives the stream up. */
        int abandonTicks() {
            return silenceTicksMax * attemptsMax;
        }
    }

    /** Reads {@code mortar.journal.group}. */
    public static GroupSettings of(Config config) {
        Config streams = config.getConfig("streams");
        return new GroupSettings(
                config.getDuration("tick"),
                raft(config.getConfig("raft")),
                new Retention(config.getLong("retention.entries"), config.getBytes("retention.bytes")),
                new Streams(
                        bytes(streams, "large-bytes-min"),
                        streams.getInt("window-frames"),
                        streams.getInt("outgoing-max"),
                        streams.getInt("silence-ticks-max"),
                        streams.getInt("attempts-max"),
                        streams.getInt("retry-ticks")),
                MembershipSettings.of(config.getConfig("membership")),
                config.getInt("waiting-max"));
    }

    private static RaftSettings raft(Config config) {
        return new RaftSettings(
                config.getInt("heartbeat-ticks"),
                config.getInt("election-ticks-min"),
                config.getInt("election-ticks-max"),
                bytes(config, "entry-bytes-max"),
                bytes(config, "append-bytes-max"),
                config.getInt("appends-in-flight-max"),
                bytes(config, "in-flight-bytes-max"),
                bytes(config, "uncommitted-bytes-max"),
                bytes(config, "committed-bytes-max"),
                bytes(config, "retained-bytes-max"),
                config.getInt("reads-max"));
    }

    private static int bytes(Config config, String key) {
        return Math.toIntExact(config.getBytes(key));
    }
}
