package io.mortar.core.health;

/** Stable codes of what is not as it should be; {@code docs/api.md} lists them for users. */
public enum ReasonCode {
    /** A node of the pool cannot be reached. */
    NODE_DOWN,
    /** Bricks cannot be reached. */
    BRICK_DOWN,
    /** Bricks failed, or are not what was recorded, and are kept out of use. */
    BRICK_QUARANTINED,
    /** Bricks are at their watermark: new files go to others. */
    BRICK_FULL,
    /** Bricks have little room left. */
    NEAR_FULL,
    /** A volume has no room for new files. */
    VOLUME_FULL,
    /** A volume holds as much as the quota of its root allows. */
    QUOTA_REACHED,
    /** Files have fewer copies than they should. */
    REDUNDANCY_REDUCED,
    /** A scrub found chunks that are damaged or missing and could not be repaired. */
    SCRUB_ERRORS,
    /** Nobody leads the pool's metadata: no file can be found, read or written by name. */
    METADATA_UNAVAILABLE,
    /** A volume's coordinator did not answer in time: what it counts is not known. */
    COORDINATOR_SLOW
}
