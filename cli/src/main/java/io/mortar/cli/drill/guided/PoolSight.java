package io.mortar.cli.drill.guided;

/** What can be seen of a pool from outside while somebody hurts it. Each look takes a bounded time. */
interface PoolSight {
    /** Whether the node's own HTTP port answers; true for one that could not be reached from here in the first place. */
    boolean answers(String node);

    /** Whether another node says that this one cannot be reached. */
    boolean isAway(String node);

    /** {@code ONLINE} and so on, as the volume's report says of the brick {@code bt3:/bt3}; empty if nobody answers. */
    String brickHealth(String brick);

    /** Files of which the brick lacks chunks or was given chunks again; -1 if nobody answers. */
    long mended(String brick);
}
