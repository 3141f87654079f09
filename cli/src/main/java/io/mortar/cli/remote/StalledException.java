package io.mortar.cli.remote;

import java.io.IOException;

/** A transfer that moved no byte for as long as {@code --timeout} allows. */
final class StalledException extends IOException {
    StalledException(String message) {
        super(message);
    }
}
