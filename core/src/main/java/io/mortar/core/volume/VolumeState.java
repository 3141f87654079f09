package io.mortar.core.volume;

/**
 * Life of a volume.
 *
 * <pre>
 * CREATING -> CREATED -> STARTED &lt;-> STOPPED -> DELETING
 *     \-> (gone)  \----------------------/
 * </pre>
 */
public enum VolumeState {
    /** Its bricks are being prepared; a crash rolls this back. */
    CREATING,
    /** Complete, never started. */
    CREATED,
    /** Serves files. */
    STARTED,
    /** Refuses files until it is started again. */
    STOPPED,
    /** Its bricks are being released; a crash resumes this. */
    DELETING;

    /** Whether a volume may go from this state to {@code next}. */
    public boolean canBecome(VolumeState next) {
        return switch (this) {
            case CREATING -> next == CREATED;
            case CREATED -> next == STARTED || next == DELETING;
            case STARTED -> next == STOPPED;
            case STOPPED -> next == STARTED || next == DELETING;
            case DELETING -> false;
        };
    }
}
