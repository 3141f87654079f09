package io.mortar.journal.quorum;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that are kept as what they leave in the application's rows, and not as events. For actors whose state is those rows: every
 * member has it as soon as the event is applied, nothing is stored twice, and recovery replays nothing. What is kept of such an actor is
 * the number of its last event; it recovers from {@link #marker}.
 *
 * <p>All events of an actor are covered or none is. Called by several threads.
 */
public interface EventImage {
    /** Whether events that were serialized like this are kept as images. */
    boolean covers(int serializerId, String manifest);

    /** The rows that a serialized event leaves, as they are afterwards: applying them twice is the same as once. */
    List<Change> rows(byte[] event);

    /**
     * The snapshot that an actor recovers from when {@code sequence} is the number of its last event. The rows of that event, and of all
     * before it, are applied by then.
     */
    Object marker(long sequence);

    /**
     * Whether an event, covered or not, makes the store larger for good, so that it is rejected when the disk is nearly full. An
     * application that keeps growth out by itself, and must go on deleting, answers no: then its events are rejected only when nothing can
     * be written.
     */
    default boolean isGrowing(int serializerId, String manifest, byte[] event) {
        return true;
    }

    /**
     * One row after an event.
     *
     * @param value null when the row is deleted
     */
    record Change(byte[] key, byte @Nullable [] value) {}
}
