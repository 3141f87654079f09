package io.mortar.node.coordinator;

import io.mortar.node.job.JobSettings;
import io.mortar.node.job.ScrubSettings;
import java.time.Duration;

/**
 * Bounds and times of the coordinators.
 *
 * @param lease how long an open write lives without being renewed
 * @param answerMemory how long answers are remembered for clients that went away without settling them; longer than any client retries
 */
public record CoordinatorSettings(
        Batching batching,
        Purging purging,
        Persisting persisting,
        Copies copies,
        JobSettings jobs,
        ScrubSettings scrub,
        Duration lease,
        Duration answerMemory,
        int queriesWaitingMax) {
    public CoordinatorSettings {
        positive(lease, "lease");
        positive(answerMemory, "answer memory");
        positive(queriesWaitingMax, "queries waiting max");
    }

    /** What {@code reference.conf} says. */
    public static CoordinatorSettings standard() {
        return new CoordinatorSettings(
                new Batching(256, 256 * 1024, 4096, 8 * 1024 * 1024),
                new Purging(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        4096,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        256),
                new Persisting(
                        "mortar.journal.local",
                        "mortar.snapshot.local",
                        "mortar.coordinator.dispatcher",
                        "mortar.coordinator.reader-dispatcher",
                        100,
                        1000),
                new Copies(
                        2, 512 * 1024 * 1024, 8, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(30)),
                JobSettings.standard(),
                ScrubSettings.standard(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                4096);
    }

    /**
     * How requests are gathered.
     *
     * @param requestsMax requests that one event may come from
     * @param bytesMax size of one event's requests; a single larger one still goes alone
     * @param queueRequestsMax requests of one volume that may wait; further ones are refused with OVERLOADED
     * @param queueBytesMax size of the requests that may wait
     */
    public record Batching(int requestsMax, int bytesMax, int queueRequestsMax, int queueBytesMax) {
        public Batching {
            positive(requestsMax, "batch requests max");
            positive(bytesMax, "batch bytes max");
            positive(queueRequestsMax, "queue requests max");
            positive(queueBytesMax, "queue bytes max");
        }
    }

    /**
     * How dead contents are deleted from bricks.
     *
     * @param delay how long the chunks of a replaced or removed file stay for readers that know them already
     * @param pin how long a content stays after a reader asked to keep it
     * @param pinCountMax contents that can be kept like that at once, per volume
     * @param interval pause between looks at the queue
     * @param intervalMax longest pause while bricks are down, reached by doubling
     * @param answerTimeout how long a brick may take to delete
     * @param versionsMax contents in one message to a brick, and entries of removed directories taken apart per step
     */
    public record Purging(
            Duration delay,
            Duration pin,
            int pinCountMax,
            Duration interval,
            Duration intervalMax,
            Duration answerTimeout,
            int versionsMax) {
        public Purging {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("purge delay " + delay + " is negative");
            }
            positive(pin, "pin");
            positive(pinCountMax, "pin count max");
            positive(interval, "purge interval");
            positive(answerTimeout, "purge answer timeout");
            positive(versionsMax, "purge versions max");
            if (intervalMax.compareTo(interval) < 0) {
                throw new IllegalArgumentException(
                        "longest purge interval " + intervalMax + " is shorter than the interval " + interval);
            }
        }
    }

    /**
     * Where and how events are stored.
     *
     * @param checkpointEvents a snapshot is taken, and events before the last snapshot are deleted, every so many events; 0 for never. Only
     *     asked where the journal keeps events
     * @param dropRowsMax rows deleted per event when a volume is deleted
     */
    public record Persisting(
            String journalPluginId,
            String snapshotPluginId,
            String dispatcher,
            String readerDispatcher,
            int checkpointEvents,
            int dropRowsMax) {
        public Persisting {
            // Every other event could be a checkpoint otherwise.
            if (checkpointEvents < 2 && checkpointEvents != 0) {
                throw new IllegalArgumentException(
                        "checkpoint events " + checkpointEvents + " is neither 0 nor at least 2");
            }
            positive(dropRowsMax, "drop rows max");
        }
    }

    /**
     * How volumes keep several copies of chunks.
     *
     * @param copiesMin copies that must be stored for a write to succeed; never more than a volume has
     * @param bytesPerSecond that one volume's healing copies at most
     * @param window chunks that are on their way to one brick at once
     * @param interval pause between looks for what is to be healed, and after the first failure of a brick
     * @param intervalMax longest time that a failing brick is left alone, reached by doubling
     * @param answerTimeout how long a brick may take to get and store a chunk
     */
    public record Copies(
            int copiesMin,
            long bytesPerSecond,
            int window,
            Duration interval,
            Duration intervalMax,
            Duration answerTimeout) {
        public Copies {
            positive(copiesMin, "min copies");
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("heal rate " + bytesPerSecond + " is below 1 byte per second");
            }
            positive(window, "heal window");
            positive(interval, "heal interval");
            positive(answerTimeout, "heal answer timeout");
            if (intervalMax.compareTo(interval) < 0) {
                throw new IllegalArgumentException(
                        "longest heal interval " + intervalMax + " is shorter than the interval " + interval);
            }
        }
    }

    private static void positive(Duration value, String name) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is below 1");
        }
    }
}
