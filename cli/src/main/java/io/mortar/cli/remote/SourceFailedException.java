package io.mortar.cli.remote;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What was to be uploaded could not be read to its end. */
final class SourceFailedException extends IOException {
    SourceFailedException(String message, @Nullable IOException cause) {
        super(message, cause);
    }
}
