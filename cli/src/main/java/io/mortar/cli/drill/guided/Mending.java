package io.mortar.cli.drill.guided;

/** Whether a brick has been given chunks anew, or lacks some, since this was made. For use by one thread. */
final class Mending {
    private final PoolSight sight;
    private final String brick;
    private final Runnable read;
    private long before;

    /** @param read has the pool look at what may be damaged */
    Mending(PoolSight sight, String brick, Runnable read) {
        this.sight = sight;
        this.brick = brick;
        this.read = read;
        this.before = sight.mended(brick);
    }

    boolean isSeen() {
        read.run();
        long now = sight.mended(brick);
        if (now < 0) {
            return false;
        }
        // A new leader counts from the beginning.
        if (before < 0 || now < before) {
            before = now;
        }
        return now > before;
    }
}
