package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.namespace.Outcome;
import io.mortar.protocol.namespace.NamespaceProtocol.Ask;
import io.mortar.protocol.namespace.NamespaceProtocol.Change;
import io.mortar.protocol.namespace.NamespaceProtocol.DescribeHealing;
import io.mortar.protocol.namespace.NamespaceProtocol.RenewLease;
import java.util.HashSet;
import java.util.Set;

/**
 * What the {@link NamespaceRouter} becomes when the leadership has ended: sends everybody on to the next leader until the last of its actors
 * has stopped, then stops.
 */
final class EndedNamespace extends AbstractBehavior<Object> {
    private final Set<ActorRef<?>> running;

    private EndedNamespace(ActorContext<Object> context, Set<ActorRef<?>> running) {
        super(context);
        this.running = new HashSet<>(running);
    }

    /** @param running children that are watched and were told to stop */
    static Behavior<Object> of(ActorContext<Object> context, Set<ActorRef<?>> running) {
        return new EndedNamespace(context, running).stopIfAlone();
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, ask -> sendOn(ask.replyTo()))
                .onMessage(Change.class, change -> sendOn(change.replyTo()))
                .onMessage(DescribeHealing.class, describe -> sendOn(describe.replyTo()))
                .onMessage(RenewLease.class, renew -> sendOn(renew.replyTo()))
                .onSignal(Terminated.class, this::onTerminated)
                .onAnyMessage(other -> this)
                .build();
    }

    private Behavior<Object> sendOn(ActorRef<Outcome> replyTo) {
        replyTo.tell(new Outcome.Refused(Leadership.moved()));
        return this;
    }

    private Behavior<Object> onTerminated(Terminated terminated) {
        running.remove(terminated.getRef());
        return stopIfAlone();
    }

    private Behavior<Object> stopIfAlone() {
        return running.isEmpty() ? Behaviors.stopped() : this;
    }
}
