package io.mortar.core.job;

import java.util.Locale;

/** What users do with a job. */
public enum JobAction {
    PAUSE,
    RESUME,
    CANCEL,
    /** Tries the failed items again, and nothing else. */
    RETRY,
    /** Sets the bytes per second that it may move or read. */
    LIMIT;

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
