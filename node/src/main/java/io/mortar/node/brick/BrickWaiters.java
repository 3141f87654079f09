package io.mortar.node.brick;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.brick.BrickAdminProtocol.Reply;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who waits for the end of work on a brick; repeated requests of one asker count once. For one thread. */
final class BrickWaiters {
    /** Bound on askers per brick; later ones are not answered and ask again. */
    private static final int ASKERS_MAX = 64;

    private final Map<BrickId, Set<ActorRef<Reply>>> waiters = new HashMap<>();

    void add(BrickId brick, ActorRef<Reply> asker) {
        Set<ActorRef<Reply>> askers = waiters.computeIfAbsent(brick, b -> new LinkedHashSet<>());
        if (askers.size() < ASKERS_MAX) {
            askers.add(asker);
        }
    }

    boolean hasFor(BrickId brick) {
        return waiters.containsKey(brick);
    }

    void answer(BrickId brick, Reply reply) {
        Set<ActorRef<Reply>> askers = waiters.remove(brick);
        if (askers != null) {
            askers.forEach(asker -> asker.tell(reply));
        }
    }
}
