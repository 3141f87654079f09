package io.mortar.node.simulation;

import io.mortar.core.namespace.Outcome;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its copies, until an answer or the end of patience. Of a change, only the answer to the copy that was sent last
 * counts: while an earlier leader refused it, a later one may carry out the copy that it got.
 */
final class Exchange {
    private static final int LOOK_MICROS = 4_000;
    private static final int RESEND_MICROS = 60_000;
    private static final int PATIENCE_MICROS = 500_000;

    private final SimulatedPool pool;
    private final int node;
    private final boolean query;
    private final BiConsumer<LedVolume, Consumer<Outcome>> request;
    private final Consumer<Outcome> answered;
    private final Runnable unknown;
    private final long deadlineMicros;
    private @Nullable LeaderView asked;
    private long resendMicros;
    private int copies;
    private boolean over;

    Exchange(
            SimulatedPool pool,
            int node,
            boolean query,
            BiConsumer<LedVolume, Consumer<Outcome>> request,
            Consumer<Outcome> answered,
            Runnable unknown) {
        this.pool = pool;
        this.node = node;
        this.query = query;
        this.request = request;
        this.answered = answered;
        this.unknown = unknown;
        this.deadlineMicros = pool.clock().micros() + PATIENCE_MICROS;
    }

    /** Sends if it is time to, and comes back until it is over. */
    void begin() {
        long now = pool.clock().micros();
        if (over) {
            return;
        }
        if (now >= deadlineMicros) {
            over = true;
            unknown.run();
            return;
        }
        LeaderView leader = pool.leaderSeenBy(node);
        if (leader != null && (!leader.equals(asked) || now >= resendMicros)) {
            asked = leader;
            resendMicros = now + RESEND_MICROS;
            send(leader, ++copies);
        }
        pool.clock().after(LOOK_MICROS, this::begin);
    }

    private void send(LeaderView to, int copy) {
        pool.wires()
                .send(
                        node,
                        to.node(),
                        () -> pool.replicas()
                                .get(to.node())
                                .request(
                                        to.term(),
                                        led -> request.accept(
                                                led,
                                                outcome -> pool.wires()
                                                        .send(to.node(), node, () -> settle(copy, outcome)))));
    }

    private void settle(int copy, Outcome outcome) {
        boolean counts = query || copy == copies || pool.has(Mutation.ANSWER_TO_ANY_COPY);
        if (!over && counts) {
            over = true;
            answered.accept(outcome);
        }
    }
}
