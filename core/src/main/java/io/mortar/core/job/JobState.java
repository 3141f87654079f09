package io.mortar.core.job;

/** Where a job is in its life. */
public enum JobState {
    RUNNING,
    PAUSED,
    /** Ended; nothing is left to do. */
    DONE,
    /** Ended; some items failed and can be tried again. */
    FAILED,
    /** Ended on request, or because what it was for is no longer wanted. */
    CANCELLED;

    public boolean hasEnded() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
