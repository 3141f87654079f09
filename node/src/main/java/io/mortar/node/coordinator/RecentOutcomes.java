package io.mortar.node.coordinator;

import io.mortar.core.namespace.Outcome;
import io.mortar.protocol.namespace.RequestKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answers to requests that changed nothing, most of them refusals. They are not worth a disk write, but a copy of the
 * request that is still on its way when the answer arrives must not be decided anew: it could succeed after its sender was told
 * that it failed. No copy outlives this leadership, since it is addressed to its actors; a client that sends one to the next leader no
 * longer heeds what the former one answers.
 */
final class RecentOutcomes {
    private final Map<Id, Outcome> outcomes;

    RecentOutcomes(int countMax) {
        this.outcomes = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Id, Outcome> eldest) {
                return size() > countMax;
            }
        };
    }

    private record Id(long client, long sequence) {}

    Optional<Outcome> find(RequestKey key) {
        return Optional.ofNullable(outcomes.get(new Id(key.client(), key.sequence())));
    }

    void add(RequestKey key, Outcome outcome) {
        outcomes.put(new Id(key.client(), key.sequence()), outcome);
    }
}
