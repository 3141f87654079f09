package io.mortar.core.refusal;

/** Stable codes of refused requests: the same in messages between nodes, in problem+json and in the CLI. */
public enum RefusalCode {
    BAD_REQUEST,
    BAD_PATH,
    BAD_DIGEST,
    NOT_FOUND,
    VOLUME_NOT_FOUND,
    NODE_NOT_FOUND,
    VOLUME_EXISTS,
    VOLUME_NOT_STARTED,
    VOLUME_NOT_STOPPED,
    IS_A_DIRECTORY,
    NOT_A_DIRECTORY,
    DIRECTORY_NOT_EMPTY,
    ALREADY_EXISTS,
    PRECONDITION_FAILED,
    MOVE_INTO_ITSELF,
    /** The upload's lease ran out or its file version is gone: the upload must be started anew. */
    LEASE_LOST,
    /** A brick took no more of an upload, and others do: nothing was stored, and the same upload succeeds when it is sent again. */
    UPLOAD_INTERRUPTED,
    BRICK_IN_USE,
    BRICK_NOT_EMPTY,
    BRICK_NOT_ALLOWED,
    /** A brick that the request needs cannot be reached or is quarantined; the text names it. */
    BRICK_DOWN,
    /** Too few bricks for the request. */
    TOO_FEW_BRICKS,
    NO_SPACE,
    /** A directory above the target may not hold more; the text names it. */
    QUOTA_EXCEEDED,
    /** More files and directories are below it than can be counted at once for a quota. */
    DIRECTORY_TOO_LARGE,
    /** A stored chunk failed its checksum and no other copy exists. */
    CHUNK_CORRUPT,
    /** The node that holds the pool's metadata cannot be reached; the text names it. */
    METADATA_UNAVAILABLE,
    /** A bound (queue, transfer memory, connections) is used up: try again later. */
    OVERLOADED,
    /** No answer in time; whether the operation was carried out is not known. */
    TIMED_OUT,
    NAME_TAKEN,
    WRONG_POOL,
    INTERNAL
}
