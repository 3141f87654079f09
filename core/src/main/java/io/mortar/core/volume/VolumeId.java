package io.mortar.core.volume;

/** Number of a volume in its pool, from 1 up, never used twice. */
public record VolumeId(int value) {
    public VolumeId {
        if (value < 1) {
            throw new IllegalArgumentException("volume id " + value + " is below 1");
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
