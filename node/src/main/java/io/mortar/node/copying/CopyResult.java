package io.mortar.node.copying;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;

/** What became of a {@link ChunkCopy}. */
public sealed interface CopyResult {
    /** The brick has the chunk, verified and durable; perhaps it had it before. */
    record Copied() implements CopyResult {}

    /** No source could be reached and had it intact. The code is the last one's: CHUNK_CORRUPT, NOT_FOUND, BRICK_DOWN and others. */
    record NotToBeHad(Refusal refusal) implements CopyResult {}

    /** The brick refused it, or did not answer: BRICK_DOWN, NO_SPACE, TIMED_OUT and others. */
    record BrickFailed(Refusal refusal) implements CopyResult {}

    /** The brick gets as many chunks as it may, or it or all that have the chunk serve clients first: try again shortly. */
    record Busy() implements CopyResult {}

    /** The content was deleted, or its copies on the brick were decided on by a higher order: there is nothing to do any more. */
    record Overtaken() implements CopyResult {}

    /** What a brick's own refusal means. */
    static CopyResult ofRefusal(Refusal refusal) {
        if (refusal.code() == RefusalCode.OVERLOADED) {
            return new Busy();
        }
        return refusal.code() == RefusalCode.LEASE_LOST ? new Overtaken() : new BrickFailed(refusal);
    }
}
