package io.mortar.client.stripe;

import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bricks that did not take chunks of a file while it was uploaded, and why: placed anew, the file goes elsewhere. Safe for use by several threads. */
final class AvoidedBricks {
    private final Map<BrickId, RefusalCode> codes = new ConcurrentHashMap<>();

    /** @param failure what became of a chunk; some failures say nothing about the brick */
    void note(BrickId brick, Throwable failure) {
        if (isOfBrick(failure)) {
            codes.putIfAbsent(brick, code(failure));
        }
    }

    /** Whether all bricks took what they were sent. */
    boolean isEmpty() {
        return codes.isEmpty();
    }

    /** Those without room. */
    List<BrickId> full() {
        return with(RefusalCode.NO_SPACE);
    }

    /** Those that could not be reached, did not answer or are quarantined. */
    List<BrickId> failed() {
        return with(RefusalCode.BRICK_DOWN);
    }

    private List<BrickId> with(RefusalCode code) {
        return codes.entrySet().stream()
                .filter(entry -> entry.getValue() == code)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether it was for a brick that an upload failed, so that it may succeed on other ones. */
    static boolean isOfBrick(Throwable failure) {
        RefusalCode code = code(failure);
        return code == RefusalCode.NO_SPACE || code == RefusalCode.BRICK_DOWN;
    }

    /** INTERNAL if it is no refusal. */
    static RefusalCode code(Throwable failure) {
        return ChunkFailures.cause(failure) instanceof RefusedException refused
                ? refused.refusal().code()
                : RefusalCode.INTERNAL;
    }
}
