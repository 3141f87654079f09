package io.mortar.journal.group;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.japi.function.Function;
import io.mortar.journal.wire.GroupMessage;
import io.mortar.journal.wire.PeerMessage;
import io.mortar.journal.wire.Route;

/**
 * The address for what is large, on threads that may block; works in steps of one frame.
 *
 * <pre>
 * Start                               comes first
 * Consensus                           a large append: passed on to the core's actor
 * Send, LEADERSHIP_ENDED              copies of the state are sent, or no longer
 * SnapshotProgress, SnapshotRefused   answers to what is sent
 * SnapshotOffer, SnapshotFrame        a copy is received
 * Taken                               what was received last is installed or not needed
 * TICK                                silence on streams is noticed
 * STOP                                streams end
 * </pre>
 */
final class BulkActor extends AbstractBehavior<GroupMessage> {
    private final GroupParts parts;
    private final ActorRef<GroupMessage> core;
    private final SnapshotSender sender;
    private final SnapshotReceiver receiver;

    static Behavior<GroupMessage> create(GroupParts parts) {
        return Behaviors.receive((context, message) -> message instanceof BulkCommand.Start start
                ? Behaviors.withTimers(timers -> new BulkActor(context, timers, parts, start.core()))
                : Behaviors.same());
    }

    private BulkActor(
            ActorContext<GroupMessage> context,
            TimerScheduler<GroupMessage> timers,
            GroupParts parts,
            ActorRef<GroupMessage> core) {
        super(context);
        this.parts = parts;
        this.core = core;
        PeerRefs refs = new PeerRefs(context.getSystem(), parts.identity().group());
        this.sender = new SnapshotSender(parts, refs.ownAddress(), core::tell);
        this.receiver = new SnapshotReceiver(parts, refs, core::tell);
        timers.startTimerWithFixedDelay(
                BulkCommand.Signal.TICK, parts.settings().tick());
    }

    @Override
    public Receive<GroupMessage> createReceive() {
        return newReceiveBuilder()
                .onMessage(PeerMessage.Consensus.class, guarded(core::tell))
                .onMessage(BulkCommand.Send.class, guarded(sender::send))
                .onMessage(PeerMessage.SnapshotProgress.class, guarded(this::onProgress))
                .onMessage(PeerMessage.SnapshotRefused.class, guarded(this::onRefused))
                .onMessage(PeerMessage.SnapshotOffer.class, guarded(this::onOffer))
                .onMessage(PeerMessage.SnapshotFrame.class, guarded(this::onFrame))
                .onMessage(BulkCommand.Taken.class, guarded(taken -> receiver.taken(taken.installed())))
                .onMessageEquals(BulkCommand.Signal.LEADERSHIP_ENDED, () -> guard(sender::endAll))
                .onMessageEquals(BulkCommand.Signal.TICK, () -> guard(this::onTick))
                .onMessageEquals(BulkCommand.Signal.STOP, Behaviors::stopped)
                .onSignal(PostStop.class, stop -> guard(this::onStop))
                .build();
    }

    private interface Handler<M> {
        void handle(M message);
    }

    private <M> Function<M, Behavior<GroupMessage>> guarded(Handler<M> handler) {
        return message -> guard(() -> handler.handle(message));
    }

    /** A store that cannot be read or written ends the member. */
    private Behavior<GroupMessage> guard(Runnable work) {
        try {
            work.run();
            return this;
        } catch (RuntimeException | AssertionError e) {
            core.tell(new RaftCommand.Broken(e));
            return Behaviors.stopped();
        }
    }

    private boolean isForMe(Route route) {
        return route.clusterId().equals(parts.identity().clusterId())
                && route.group() == parts.identity().group()
                && route.to().equals(parts.self());
    }

    private void onProgress(PeerMessage.SnapshotProgress progress) {
        if (isForMe(progress.route())) {
            sender.progress(progress.route().from(), progress.stream(), progress.number());
        }
    }

    private void onRefused(PeerMessage.SnapshotRefused refused) {
        if (isForMe(refused.route())) {
            sender.refused(refused.route().from(), refused.stream());
        }
    }

    private void onOffer(PeerMessage.SnapshotOffer offer) {
        if (isForMe(offer.route())) {
            receiver.offered(offer);
        }
    }

    private void onFrame(PeerMessage.SnapshotFrame frame) {
        if (isForMe(frame.route())) {
            receiver.frame(frame);
        }
    }

    private void onTick() {
        sender.tick();
        receiver.tick();
    }

    private void onStop() {
        sender.endAll();
        receiver.discard();
    }
}
