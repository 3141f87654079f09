package io.mortar.node.coordinator;

import akka.actor.typed.BackoffSupervisorStrategy;
import akka.actor.typed.SupervisorStrategy;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.group.NotLeaderException;
import java.time.Duration;
import java.util.Optional;

/** The end of this node's leadership over the pool's metadata: nothing is broken, another node carries on. */
public final class Leadership {
    private static final Duration NEVER_WAITED = Duration.ofMillis(1);

    private Leadership() {}

    /**
     * How an actor whose journal failed is stopped: at once and without a word. Whoever started it looks at the cause and speaks: that the
     * leadership has ended is no error, and everything else halts the node. Akka's standard would call both an error, with a stack trace.
     */
    public static BackoffSupervisorStrategy stopForItsStarter() {
        return SupervisorStrategy.restartWithBackoff(NEVER_WAITED, NEVER_WAITED, 0)
                .withMaxRestarts(0)
                .withLoggingEnabled(false);
    }

    /** Whether {@code failure}, of a journal, an actor or {@link Namespace#confirm}, comes from the end of the leadership. */
    public static boolean isLost(Throwable failure) {
        return has(failure, LeadershipLostException.class) || has(failure, NotLeaderException.class);
    }

    /** What to tell those who waited for a {@link Namespace#confirm} that failed; empty when the failure is a fault of this node. */
    public static Optional<Refusal> unconfirmed(Throwable failure) {
        if (isLost(failure)) {
            return Optional.of(moved());
        }
        return has(failure, LogOverloadedException.class)
                ? Optional.of(new Refusal(
                        RefusalCode.OVERLOADED,
                        "too many requests wait already to hear whether this node still leads the pool's metadata: repeat it in a"
                                + " moment; a change of the pool or its volumes may have been carried out"))
                : Optional.empty();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
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
