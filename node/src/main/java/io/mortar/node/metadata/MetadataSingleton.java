package io.mortar.node.metadata;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.journal.group.LeadershipListener;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Runs on the one node of the cluster that serves the metadata, as its cluster singleton. It does nothing but say so: each of its
 * incarnations is a leadership. Another node's begins after this one has stopped, so it stops only when nothing of its leadership is left.
 *
 * <pre>
 * Tick     the process is not suspended
 * Stop     from Akka: this node leaves, and another one takes over
 * Stopped  no actor of the leadership is left
 * </pre>
 */
final class MetadataSingleton extends AbstractBehavior<MetadataSingleton.Message> {
    private static final Duration TICK = Duration.ofSeconds(1);

    sealed interface Message {}

    enum Tick implements Message {
        TICK
    }

    enum Stop implements Message {
        NOW
    }

    record Stopped(long term) implements Message {}

    private final long term;
    private final SuspensionWatch watch;
    private final LeadershipListener listener;

    private MetadataSingleton(
            ActorContext<Message> context, long term, SuspensionWatch watch, LeadershipListener listener) {
        super(context);
        this.term = term;
        this.watch = watch;
        this.listener = listener;
    }

    /**
     * @param term of this incarnation; larger than those of all before it
     * @param begun told this actor before anybody hears of the leadership
     */
    static Behavior<Message> create(
            long term, SuspensionWatch watch, LeadershipListener listener, Consumer<ActorRef<Message>> begun) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Tick.TICK, TICK);
            return Behaviors.setup(context -> {
                watch.restart();
                begun.accept(context.getSelf());
                listener.began(term);
                return new MetadataSingleton(context, term, watch, listener);
            });
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tick.class, tick -> onTick())
                .onMessage(Stop.class, stop -> onStop())
                .onMessage(Stopped.class, this::onStopped)
                .build();
    }

    private Behavior<Message> onTick() {
        watch.tick();
        return this;
    }

    private Behavior<Message> onStop() {
        listener.ended(term);
        return this;
    }

    private Behavior<Message> onStopped(Stopped stopped) {
        return stopped.term() == term ? Behaviors.stopped() : this;
    }
}
