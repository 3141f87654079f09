package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;

/** Strong entity tag (RFC 9110, section 8.8.3) of one content of one file. */
public record ETag(String value) {
    /** The tag of {@code version}; a pair of inode and generation is never used for another content. */
    public static ETag of(FileVersion version) {
        return new ETag(version.toString());
    }

    /** With quotes, as HTTP writes it. */
    @Override
    public String toString() {
        return '"' + value + '"';
    }
}
