package io.mortar.journal.raft.sim;

/** A promise of the protocol does not hold. */
final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    SimulationFailure(String text) {
        super(text);
    }
}
