package io.mortar.core.namespace;

import java.util.List;

/**
 * What a command does: rows to write, all together, and the answer to give once they are durable. A refusal has no changes.
 *
 * @param changes absolute new rows, at most one per key: applying them twice is the same as once
 */
public record Decision(List<RowChange> changes, Outcome outcome) {
    public Decision {
        changes = List.copyOf(changes);
    }
}
