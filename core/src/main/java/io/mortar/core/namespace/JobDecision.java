package io.mortar.core.namespace;

import java.util.List;

/** The same as {@link Decision} for a step of background work. */
public record JobDecision(List<RowChange> changes, JobOutcome outcome) {
    public JobDecision {
        changes = List.copyOf(changes);
    }
}
