package io.mortar.journal.raft;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/** What a majority of the voters has reached. */
final class Quorum {
    private Quorum() {}

    /** The largest value that a majority of the voters has reached or passed; 0 if nobody votes. */
    static long reached(Membership membership, ToLongFunction<MemberId> valueOf) {
        long[] values = membership.voters().stream().mapToLong(valueOf).toArray();
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        return values[values.length - membership.majority()];
    }
}
