package io.mortar.cli.remote;

import java.io.IOException;
import java.io.InputStream;

/** Bytes to be written, opened at most once. */
public interface Content {
    /** -1 when it is not known. */
    long sizeBytes();

    /** The bytes, from the first; closed by the caller. A failure to read them must fail the write, never cut it short. */
    InputStream open() throws IOException;
}
