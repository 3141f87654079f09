package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers that are held back until bricks are given back, or until it has taken too long; the release itself goes on without them.
 * Used by the registry's actor alone.
 */
final class AwaitedReleases {
    /** One answer and the bricks that it waits for. */
    static final class Held {
        private final Set<BrickId> open;
        private final Reply reply;
        private final List<ActorRef<Reply>> replyTo;

        private Held(Set<BrickId> open, Reply reply, List<ActorRef<Reply>> replyTo) {
            this.open = new HashSet<>(open);
            this.reply = reply;
            this.replyTo = List.copyOf(replyTo);
        }

        private void answer() {
            replyTo.forEach(r -> r.tell(reply));
        }
    }

    private final List<Held> held = new ArrayList<>();

    /** Holds {@code reply} back until all of {@code bricks} are released; with none, answers at once. */
    Held hold(Set<BrickId> bricks, Reply reply, List<ActorRef<Reply>> replyTo) {
        Held added = new Held(bricks, reply, replyTo);
        held.add(added);
        answerComplete();
        return added;
    }

    void released(BrickId brick) {
        held.forEach(h -> h.open.remove(brick));
        answerComplete();
    }

    /** Answers although bricks are still open, if it has not been answered yet. */
    void outOfTime(Held late) {
        if (held.remove(late)) {
            late.answer();
        }
    }

    int replyCount() {
        return held.stream().mapToInt(h -> h.replyTo.size()).sum();
    }

    private void answerComplete() {
        List<Held> complete = held.stream().filter(h -> h.open.isEmpty()).toList();
        held.removeAll(complete);
        complete.forEach(Held::answer);
    }
}
