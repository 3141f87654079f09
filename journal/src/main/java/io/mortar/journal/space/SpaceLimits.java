package io.mortar.journal.space;

/**
 * When metadata stops growing, in bytes.
 *
 * @param reserveBytes size of the preallocated reserve file; 0 for none
 * @param growthFloorBytes usable space, the reserve not counted, below which nothing new should be taken in
 * @param writeFloorBytes usable space below which no store writes at all; what LevelDB's own background work may still need
 */
public record SpaceLimits(long reserveBytes, long growthFloorBytes, long writeFloorBytes) {
    public static final SpaceLimits DEFAULT = new SpaceLimits(64L << 20, 96L << 20, 32L << 20);

    public SpaceLimits {
        if (reserveBytes < 0 || writeFloorBytes < 0 || growthFloorBytes < writeFloorBytes) {
            throw new IllegalArgumentException("space limits need 0 <= reserve and 0 <= write floor <= growth floor,"
                    + " but are reserve " + reserveBytes + ", write floor " + writeFloorBytes + ", growth floor "
                    + growthFloorBytes);
        }
    }

    /** The same floors without a reserve file. */
    public SpaceLimits withoutReserve() {
        return new SpaceLimits(0, growthFloorBytes, writeFloorBytes);
    }
}
