package io.mortar.protocol.brick;

/** Condition of a brick as others see it. */
public enum BrickHealth {
    ONLINE,
    /** At its watermark: serves reads and deletes, refuses new chunks. */
    FULL,
    /** Had an I/O error, or its directory is not what was recorded; refuses everything. */
    QUARANTINED,
    /** Its node cannot be reached. */
    UNREACHABLE
}
