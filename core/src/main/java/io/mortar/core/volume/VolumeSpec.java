package io.mortar.core.volume;

/**
 * How a volume cuts and spreads its files.
 *
 * @param stripeCount columns that a full layout has, 1 to 255
 * @param replicaCount copies of each chunk, 1 to 5, on distinct machines
 * @param stripeUnitBytes bytes per chunk: a power of two, 64 KiB to 1 MiB
 */
public record VolumeSpec(int stripeCount, int replicaCount, int stripeUnitBytes) {
    public static final int STRIPE_UNIT_BYTES_MIN = 64 * 1024;
    public static final int STRIPE_UNIT_BYTES_MAX = 1024 * 1024;
    public static final int STRIPE_COUNT_MAX = 255;
    public static final int REPLICA_COUNT_MAX = 5;

    public VolumeSpec {
        if (stripeCount < 1 || stripeCount > STRIPE_COUNT_MAX) {
            throw new IllegalArgumentException("stripe count " + stripeCount + " is not within 1.." + STRIPE_COUNT_MAX);
        }
        if (replicaCount < 1 || replicaCount > REPLICA_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "replica count " + replicaCount + " is not within 1.." + REPLICA_COUNT_MAX);
        }
        if (Integer.bitCount(stripeUnitBytes) != 1
                || stripeUnitBytes < STRIPE_UNIT_BYTES_MIN
                || stripeUnitBytes > STRIPE_UNIT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "stripe unit " + stripeUnitBytes + " bytes is not a power of two from 64 KiB to 1 MiB");
        }
    }

    /** Bricks that a full layout has. */
    public int layoutBrickCount() {
        return stripeCount * replicaCount;
    }

    /** Whether losing one brick loses files. */
    public boolean isWithoutRedundancy() {
        return replicaCount == 1;
    }
}
