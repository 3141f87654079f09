package io.mortar.gateway.problem;

import io.mortar.core.refusal.RefusalCode;

/** The one table of the HTTP status of each refusal. */
public final class RefusalStatus {
    private RefusalStatus() {}

    /** The status of {@code code}. */
    public static int of(RefusalCode code) {
        return switch (code) {
            case BAD_REQUEST, BAD_PATH, BAD_DIGEST -> 400;
            case BRICK_NOT_ALLOWED -> 403;
            case NOT_FOUND, VOLUME_NOT_FOUND, NODE_NOT_FOUND -> 404;
            case VOLUME_EXISTS,
                    VOLUME_NOT_STARTED,
                    VOLUME_NOT_STOPPED,
                    IS_A_DIRECTORY,
                    NOT_A_DIRECTORY,
                    DIRECTORY_NOT_EMPTY,
                    DIRECTORY_TOO_LARGE,
                    ALREADY_EXISTS,
                    MOVE_INTO_ITSELF,
                    BRICK_IN_USE,
                    BRICK_NOT_EMPTY,
                    TOO_FEW_BRICKS,
                    NAME_TAKEN,
                    WRONG_POOL -> 409;
            case PRECONDITION_FAILED -> 412;
            case CHUNK_CORRUPT, INTERNAL -> 500;
            case LEASE_LOST, UPLOAD_INTERRUPTED, BRICK_DOWN, METADATA_UNAVAILABLE, OVERLOADED -> 503;
            // Not 503: a client may repeat a 503 without thought, but here the operation may have been carried out.
            case TIMED_OUT -> 504;
            case NO_SPACE, QUOTA_EXCEEDED -> 507;
        };
    }
}
