package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/** Reads the names of chunk files, which are the texts of chunk ids. */
final class ChunkNames {
    private static final int PART_COUNT = 5;

    private ChunkNames() {}

    /** The chunk whose file is called {@code name}; null if no chunk's is. */
    static @Nullable ChunkId parse(String name) {
        String[] parts = name.split("-", -1);
        if (parts.length != PART_COUNT) {
            return null;
        }
        try {
            FileVersion file = new FileVersion(
                    new VolumeId(Integer.parseInt(parts[0])),
                    Long.parseUnsignedLong(parts[1], 16),
                    Long.parseUnsignedLong(parts[2], 16));
            ChunkId chunk = new ChunkId(file, Integer.parseInt(parts[3], 16), Integer.parseInt(parts[4], 16));
            return chunk.toString().equals(name) ? chunk : null;
        } catch (IllegalArgumentException e) {
            return null; // somebody else's file
        }
    }
}
