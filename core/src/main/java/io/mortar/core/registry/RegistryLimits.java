package io.mortar.core.registry;

/**
 * Bounds on the registry's size: all of it is on the heap of the metadata node, about 200 bytes per brick.
 *
 * @param nodeCountMax nodes with a name
 * @param volumeCountMax volumes, those being created or deleted included
 * @param brickCountMax bricks of one volume
 */
public record RegistryLimits(int nodeCountMax, int volumeCountMax, int brickCountMax) {
    public RegistryLimits {
        if (nodeCountMax < 1 || volumeCountMax < 1 || brickCountMax < 1) {
            throw new IllegalArgumentException("registry limits must be at least 1: " + nodeCountMax + " nodes, "
                    + volumeCountMax + " volumes, " + brickCountMax + " bricks");
        }
    }
}
