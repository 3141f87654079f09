package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import org.jspecify.annotations.Nullable;

/**
 * A brick as placement sees it.
 *
 * @param accepting whether new files may go to it: it is serving and not leaving; one that is merely full is accepting and has no free
 *     bytes
 * @param freeBytes bytes that it can still take above its watermark, as last reported; 0 for a full one
 * @param serving whether it can be reached and answers
 * @param usedBytes bytes that its chunks take, as last reported
 * @param leaving whether it is being taken out of the volume: what is on it goes elsewhere
 * @param successor the brick that is to have what this one has; null for any other, and for a brick that stays
 */
public record BrickState(
        BrickId id,
        BrickLocation location,
        boolean accepting,
        long freeBytes,
        boolean serving,
        long usedBytes,
        boolean leaving,
        @Nullable BrickId successor) {
    public BrickState {
        if (accepting != (serving && !leaving)) {
            throw new IllegalArgumentException("brick " + location + " is accepting=" + accepting + ", serving="
                    + serving + ", leaving=" + leaving);
        }
        if (successor != null && !leaving) {
            throw new IllegalArgumentException("brick " + location + " stays and has successor " + successor);
        }
    }

    /** One that stays, of which nothing more is known. */
    public BrickState(BrickId id, BrickLocation location, boolean accepting, long freeBytes) {
        this(id, location, accepting, freeBytes, accepting, 0, false, null);
    }

    /** The same one when it does not answer. */
    public BrickState failing() {
        return new BrickState(id, location, false, freeBytes, false, usedBytes, leaving, successor);
    }

    /** The same one with other free bytes. */
    public BrickState withFreeBytes(long bytes) {
        return new BrickState(id, location, accepting, bytes, serving, usedBytes, leaving, successor);
    }

    /** The same one when it is to leave. */
    public BrickState departing(@Nullable BrickId next) {
        return new BrickState(id, location, false, freeBytes, serving, usedBytes, true, next);
    }
}
