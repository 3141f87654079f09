package io.mortar.client.stripe;

import io.mortar.client.transport.BrickTarget;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What the failure of a chunk means to a user. */
final class ChunkFailures {
    private ChunkFailures() {}

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    }

    /** Whether the brick's copy is missing or damaged, while the brick itself works. */
    static boolean isDamage(Throwable cause) {
        return cause instanceof RefusedException refused
                && (refused.refusal().code() == RefusalCode.NOT_FOUND
                        || refused.refusal().code() == RefusalCode.CHUNK_CORRUPT);
    }

    /** A brick without a chunk of a visible file has lost it, which is no "not found" to the user. */
    static Throwable explained(Throwable failure, BrickTarget brick, ChunkId chunk) {
        Throwable cause = cause(failure);
        if (cause instanceof RefusedException refused && refused.refusal().code() == RefusalCode.NOT_FOUND) {
            return new RefusedException(
                    RefusalCode.CHUNK_CORRUPT,
                    "chunk " + chunk + " is missing on brick " + brick.location()
                            + ": the file was replaced while it was read, or the brick lost it; read it again");
        }
        return cause;
    }

    /** Why none of several bricks gave a chunk. One that is down may come back with it, so that is what it is called. */
    static Throwable together(List<Throwable> causes) {
        List<RefusedException> refused = causes.stream()
                .filter(RefusedException.class::isInstance)
                .map(RefusedException.class::cast)
                .toList();
        if (causes.size() == 1 || refused.isEmpty()) {
            return causes.get(0);
        }
        RefusalCode code = refused.stream()
                .map(each -> each.refusal().code())
                .filter(each -> each == RefusalCode.BRICK_DOWN || each == RefusalCode.OVERLOADED)
                .findFirst()
                .orElse(refused.get(0).refusal().code());
        return new RefusedException(
                code, refused.stream().map(each -> each.refusal().text()).collect(Collectors.joining("; and ")));
    }
}
