package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.RowChange;
import java.util.List;

/**
 * What a batch comes to: rows to make durable, and what to do once they are.
 *
 * @param changes absolute rows, at most one change per key
 * @param leases in order
 */
record Evaluated(List<RowChange> changes, List<Answer<?>> answers, List<LeaseStep> leases) {
    Evaluated {
        changes = List.copyOf(changes);
        answers = List.copyOf(answers);
        leases = List.copyOf(leases);
    }

    record Answer<T>(ActorRef<T> to, T message) {
        void send() {
            to.tell(message);
        }
    }

    /** @param open whether the lease begins or is renewed; it is gone otherwise */
    record LeaseStep(FileVersion version, boolean open) {}
}
