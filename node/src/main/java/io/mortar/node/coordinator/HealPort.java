package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickProtocol;

/**
 * Takes the answers of bricks for a {@link Healer}. They have whole chunks in them, so they must come over Artery's large-message lane,
 * which serves only paths that the configuration names: {@code /system/heal-port-*}.
 */
final class HealPort {
    private HealPort() {}

    /**
     * Starts a port that ends with {@code owner}.
     *
     * @param number never used before in this actor system
     * @param replies of {@code owner}
     */
    static ActorRef<BrickProtocol.Reply> open(
            ActorContext<?> owner, VolumeId volume, long number, ActorRef<BrickProtocol.Reply> replies) {
        String name = "heal-port-" + volume + "-" + Long.toHexString(number);
        return owner.getSystem().systemActorOf(passOn(owner.getSelf(), replies), name, Props.empty());
    }

    private static Behavior<BrickProtocol.Reply> passOn(ActorRef<?> owner, ActorRef<BrickProtocol.Reply> replies) {
        return Behaviors.setup(context -> {
            context.watch(owner);
            return Behaviors.receive(BrickProtocol.Reply.class)
                    .onAnyMessage(reply -> {
                        replies.tell(reply);
                        return Behaviors.same();
                    })
                    .onSignal(Terminated.class, end -> Behaviors.stopped())
                    .build();
        });
    }
}
