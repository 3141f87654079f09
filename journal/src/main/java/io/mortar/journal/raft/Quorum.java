package io.mortar.journal.raft;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a majority of the voters has reached. */
final class Quorum {
    private Quorum() {}

    /** The largest value that a majority of the voters has reached or passed; 0 if nobody votes. */
    static long reached(Membership membership, ToLongFunction<MemberId> valueOf) {
        List<MemberId> voters = membership.voters();
        if (voters.isEmpty()) {
            return 0;
        }
        long[] values = new long[voters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = valueOf.applyAsLong(voters.get(i));
        }
        Arrays.sort(values);
        return values[values.length - membership.majority()];
    }
}
