package io.mortar.node.brick.store;

import io.mortar.core.layout.FileVersion;
import java.util.List;

/**
 * Some of the contents that a brick has chunks of.
 *
 * @param next to be given for the next page; empty after the last one
 */
public record VersionPage(List<FileVersion> versions, String next) {
    public VersionPage {
        versions = List.copyOf(versions);
    }
}
