package io.mortar.cli.drill.guided;

import org.jspecify.annotations.Nullable;

/** What the person types. */
@FunctionalInterface
interface Answers {
    /** Ends the drill; also what comes at the end of the input. */
    String QUIT = "q";

    /** Leaves out a fault. */
    String SKIP = "s";

    /** The next line without spaces around it, null if there is none yet. Does not wait. */
    @Nullable
    String next();
}
