package io.mortar.node.coordinator;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.NotLeaderException;

/** The end of this node's leadership over the pool's metadata: nothing is broken, another node carries on. */
public final class Leadership {
    private Leadership() {}

    /** Whether {@code failure}, of a journal, an actor or {@link Namespace#confirm}, comes from the end of the leadership. */
    public static boolean isLost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LeadershipLostException || cause instanceof NotLeaderException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The answer to requests that met the end. Whether a change was carried out is not known; the next leader knows, by the answer that is
     * remembered with it: it answers a repetition of the same request instead of carrying it out twice.
     */
    public static Refusal moved() {
        return new Refusal(
                RefusalCode.METADATA_UNAVAILABLE,
                "the leader of the pool's metadata moved to another node while the request waited: repeat it, the next"
                        + " leader knows whether it was carried out");
    }
}
