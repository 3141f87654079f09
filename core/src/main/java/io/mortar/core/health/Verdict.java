package io.mortar.core.health;

import java.util.Collection;

/** What a report says first; a later one is worse. */
public enum Verdict {
    OK,
    /** Everything works, and somebody should look. */
    WARN,
    /** Some files cannot be read or written now. */
    ERROR;

    /** That of the worst of {@code reasons}; without any, all is well. */
    public static Verdict of(Collection<Reason> reasons) {
        Verdict worst = OK;
        for (Reason reason : reasons) {
            worst = worst.orWorse(reason.verdict());
        }
        return worst;
    }

    public Verdict orWorse(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
