package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.pool.BrickLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file as of one moment.
 *
 * @param striping where its chunks are; null when the content is {@code inline}
 * @param locations of {@code striping}'s bricks, in the same order, for messages to people
 * @param inline the whole content of a small file, empty otherwise
 * @param crc32c checksum of the whole content
 */
public record FileView(
        FileVersion version,
        long sizeBytes,
        long modifiedMillis,
        int crc32c,
        @Nullable Striping striping,
        List<BrickLocation> locations,
        byte[] inline) {
    public FileView {
        locations = List.copyOf(locations);
    }

    public ETag etag() {
        return ETag.of(version);
    }
}
