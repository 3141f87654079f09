package io.mortar.journal.raft;

import org.jspecify.annotations.Nullable;

/**
 * What a replica must remember besides its log (§3.3, figure 3.1). A replica that forgets its vote lets two leaders into one term.
 *
 * @param term the latest term seen, 0 at first
 * @param vote whom this replica voted for in that term
 */
public record HardState(long term, @Nullable MemberId vote) {
    /** Of a replica that never ran. */
    public static final HardState INITIAL = new HardState(0, null);

    public HardState {
        if (term < 0 || (term == 0 && vote != null)) {
            throw new IllegalArgumentException("no hard state has term " + term + " and vote " + vote);
        }
    }
}
