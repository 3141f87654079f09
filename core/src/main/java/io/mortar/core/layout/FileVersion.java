package io.mortar.core.layout;

import io.mortar.core.volume.VolumeId;

/**
 * One content of one file: what its chunks on the bricks belong to.
 *
 * @param inode number of the file in its volume
 * @param generation number of the content; a whole-file write makes a new one. A pair (inode, generation) is never used twice
 */
public record FileVersion(VolumeId volume, long inode, long generation) {
    @Override
    public String toString() {
        return volume + "-" + Long.toHexString(inode) + "-" + Long.toHexString(generation);
    }
}
