package io.mortar.cli.drill.fault;

import java.util.Locale;

/** What can be done to a pool. */
public enum FaultKind {
    KILL,
    PAUSE,
    CORRUPT,
    FILL,
    CUT;

    /** As it is typed and reported. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
