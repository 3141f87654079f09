package io.mortar.benchmarks.load;

import java.io.IOException;

/** An answer that was read to its end and is not what the request demands. */
public final class UnexpectedAnswer extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    UnexpectedAnswer(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether the server asks to be asked again: nothing is wrong with the request itself. */
    boolean isPassing() {
        return status == 503 || status == 504;
    }
}
