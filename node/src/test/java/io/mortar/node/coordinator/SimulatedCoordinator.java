package io.mortar.node.coordinator;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.protocol.namespace.RequestKey;
import java.util.List;

/** Lets simulations decide batches as a coordinator does, without its actors: for the time of one leadership. */
public final class SimulatedCoordinator {
    private static final int RECENT_OUTCOMES_MAX = 4096;
    private static final ActorRef<Outcome> NOBODY = TestInbox.<Outcome>create().getRef();

    private final OutcomeCodec codec = new OutcomeCodec();
    private final RecentOutcomes recent = new RecentOutcomes(RECENT_OUTCOMES_MAX);

    /** A change that a client asks for. */
    public record Asked(RequestKey key, Command command) {}

    /**
     * What a batch comes to.
     *
     * @param outcomes of the requests, in their order
     */
    public record Decided(List<RowChange> changes, List<Outcome> outcomes) {}

    /** Decides {@code batch} as of {@code rows}; changes no row. */
    public Decided decide(VolumeContext context, Rows rows, List<Asked> batch) {
        List<Work.Change> steps = batch.stream()
                .map(asked -> new Work.Change(asked.key(), asked.command(), NOBODY))
                .toList();
        Evaluated evaluated = BatchEvaluation.of(context, rows, steps, codec, recent);
        List<Outcome> outcomes = evaluated.answers().stream()
                .map(answer -> (Outcome) answer.message())
                .toList();
        return new Decided(evaluated.changes(), outcomes);
    }
}
