package io.mortar.core.registry;

import io.mortar.core.refusal.Refusal;
import java.util.List;

/** What is to be done about a command. */
public sealed interface Decision {
    /** Persist {@code events}, then answer; none if the command asks for what is the case already. */
    record Accepted(List<RegistryEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Refusal refusal) implements Decision {}
}
