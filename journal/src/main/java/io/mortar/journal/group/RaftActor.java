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
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.RaftCore;
import io.mortar.journal.raft.RaftStatus.RoleName;
import io.mortar.journal.wire.GroupMessage;
import io.mortar.journal.wire.PeerMessage;
import java.time.Duration;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a core: tells it what happens, and does what it asks for. Never blocks, except that reading old entries for a follower may read
 * from disk. A broken store or a broken rule of the core silences it for good.
 *
 * <pre>
 * Consensus        another member's message
 * TICK             a tick has passed; the membership is pursued and the disk looked at
 * PUMP             what the core wants is done, after all that was in the mailbox has reached it
 * Append, Confirm, Transfer, ChangeMember, Listen, Candidates      see {@link ReplicatedLog}
 * Written, Applied, Installed, Broken                              a store has done something, or failed
 * SpaceSeen        what the disk lets in
 * SnapshotArrived, SnapshotSent                                    a stream has ended
 * STOP             the stores are closed
 * </pre>
 */
final class RaftActor extends AbstractBehavior<GroupMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(RaftActor.class);
    private static final Duration PURSUIT_PERIOD = Duration.ofSeconds(1);

    static Behavior<GroupMessage> create(GroupParts parts, ActorRef<GroupMessage> bulk) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            try {
                return new RaftActor(context, timers, parts, bulk);
            } catch (RuntimeException | AssertionError e) {
                LOG.error(
                        "member cannot start member={} group={}",
                        parts.self(),
                        parts.identity().group(),
                        e);
                parts.report().fail(e);
                parts.report().stop();
                return Behaviors.stopped();
            }
        }));
    }

    private final GroupParts parts;
    private final ActorRef<GroupMessage> bulk;
    private final RaftCore core;
    private final Peers peers;
    private final GroupStorage storage;
    private final Leadership leadership;
    private final Appends appends;
    private final Confirmations confirmations;
    private final Handover handover;
    private final MemberChanges changes;
    private final ReadyWork work;
    private final SpaceWatch space;
    private final StatusView view;
    private long ticks;
    private boolean pumpComes;

    private RaftActor(
            ActorContext<GroupMessage> context,
            TimerScheduler<GroupMessage> timers,
            GroupParts parts,
            ActorRef<GroupMessage> bulk) {
        super(context);
        this.parts = parts;
        this.bulk = bulk;
        GroupSettings settings = parts.settings();
        this.core = new RaftCore(
                parts.self(),
                settings.raft(),
                parts.stores().log().hardState(),
                parts.stores().log(),
                parts.stores().state().applied().index(),
                new SplittableRandom());
        this.peers = new Peers(
                parts.identity(),
                parts.self(),
                new PeerRefs(context.getSystem(), parts.identity().group()),
                settings.streams().largeBytesMin());
        ActorRef<GroupMessage> self = context.getSelf();
        this.storage = new GroupStorage(
                parts.stores(),
                parts.threads().log(),
                parts.threads().apply(),
                self::tell,
                settings.raft().committedBytesMax());
        this.leadership = new Leadership(parts.self());
        this.confirmations = new Confirmations(core);
        this.handover = new Handover(core);
        this.changes = new MemberChanges(core, leadership, handover, settings);
        this.work = new ReadyWork(parts, core, storage, peers, confirmations, bulk);
        this.space = new SpaceWatch(parts.space(), parts.threads().bulk(), self::tell);
        this.appends = new Appends(core, leadership, space, settings);
        this.view = new StatusView(parts.identity().clusterId(), settings.tick());
        timers.startTimerWithFixedDelay(RaftCommand.Signal.TICK, settings.tick());
    }

    @Override
    public Receive<GroupMessage> createReceive() {
        return newReceiveBuilder()
                .onMessage(PeerMessage.Consensus.class, guarded(this::onConsensus))
                .onMessageEquals(RaftCommand.Signal.TICK, () -> guard(this::onTick))
                .onMessageEquals(RaftCommand.Signal.PUMP, () -> guard(this::onPump))
                .onMessage(RaftCommand.Append.class, guarded(appends::add))
                .onMessage(RaftCommand.Confirm.class, guarded(this::onConfirm))
                .onMessage(RaftCommand.Transfer.class, guarded(asked -> handover.ask(asked.to(), asked.done())))
                .onMessage(RaftCommand.ChangeMember.class, guarded(asked -> changes.make(asked.change(), asked.done())))
                .onMessage(RaftCommand.Listen.class, guarded(asked -> leadership.listen(asked.listener())))
                .onMessage(RaftCommand.Candidates.class, guarded(this::onCandidates))
                .onMessage(RaftCommand.Written.class, guarded(work::onWritten))
                .onMessage(RaftCommand.Applied.class, guarded(this::onApplied))
                .onMessage(RaftCommand.Installed.class, guarded(work::onInstalled))
                .onMessage(RaftCommand.SpaceSeen.class, guarded(this::onSpaceSeen))
                .onMessage(RaftCommand.SnapshotArrived.class, guarded(work::onArrived))
                .onMessage(RaftCommand.SnapshotSent.class, guarded(this::onSnapshotSent))
                .onMessage(RaftCommand.Broken.class, broken -> silence(broken.failure()))
                .onMessageEquals(RaftCommand.Signal.STOP, Behaviors::stopped)
                .onSignal(PostStop.class, stop -> onStop())
                .build();
    }

    private interface Handler<M> {
        void handle(M message);
    }

    private <M> Function<M, Behavior<GroupMessage>> guarded(Handler<M> handler) {
        return message -> guard(() -> handler.handle(message));
    }

    /** To Akka an {@link AssertionError} would be an ordinary failure of one actor: here it ends the member. */
    private Behavior<GroupMessage> guard(Runnable handling) {
        try {
            handling.run();
            notice();
            return this;
        } catch (RuntimeException | AssertionError e) {
            return silence(e);
        }
    }

    /** Whatever has happened may have ended or begun a leadership, and may have given the core something to do. */
    private void notice() {
        if (leadership.ended(core)) {
            confirmations.end();
            bulk.tell(BulkCommand.Signal.LEADERSHIP_ENDED);
        }
        leadership.began(core, work.appliedIndex());
        appends.observe();
        handover.observe();
        confirmations.flush();
        if (!pumpComes && core.hasReady()) {
            pumpComes = true;
            getContext().getSelf().tell(RaftCommand.Signal.PUMP);
        }
    }

    private void onPump() {
        pumpComes = false;
        work.run();
    }

    private void onConsensus(PeerMessage.Consensus consensus) {
        if (!peers.accepts(consensus.route())) {
            return;
        }
        Message message = consensus.message();
        boolean grows =
                message instanceof Message.Append append && !append.entries().isEmpty();
        if (grows && !space.acceptsWrites()) {
            return; // nothing is acknowledged that may not be stored
        }
        peers.heard(message);
        core.step(message);
    }

    private void onTick() {
        ticks++;
        if (ticks % Math.max(1, PURSUIT_PERIOD.dividedBy(parts.settings().tick())) == 0) {
            // Not after the tick, which may give a handover up: what was held for it is appended before another one
            // begins.
            changes.pursue(work.appliedIndex());
        }
        space.look();
        storage.retry();
        if (space.acceptsWrites() || core.role() == RoleName.LEADER) {
            core.tick(); // a member that cannot store a vote does not ask for any
        }
        work.compact();
        parts.report().update(view.of(core.status(), work.snapshotIndex()));
    }

    private void onConfirm(RaftCommand.Confirm confirm) {
        if (leadership.leads(confirm.term())) {
            confirmations.add(confirm.done());
        } else {
            confirm.done()
                    .completeExceptionally(new LeadershipLostException(leadership.standing(core, confirm.term())));
        }
    }

    private void onCandidates(RaftCommand.Candidates command) {
        peers.learn(command.candidates());
        changes.candidates(command.candidates());
    }

    private void onApplied(RaftCommand.Applied applied) {
        work.onApplied(applied);
        leadership.applied(work.appliedIndex());
    }

    private void onSpaceSeen(RaftCommand.SpaceSeen seen) {
        space.seen(seen);
        if (!seen.writes() && leadership.term() != 0) {
            handover.begin(null);
        }
    }

    private void onSnapshotSent(RaftCommand.SnapshotSent sent) {
        core.snapshotSent(sent.to(), sent.arrived(), sent.index());
    }

    /** The process must stop; until it does, this member says nothing any more. */
    private Behavior<GroupMessage> silence(Throwable failure) {
        LOG.error(
                "member is broken and takes part no more member={} group={}",
                parts.self(),
                parts.identity().group(),
                failure);
        end();
        parts.report().fail(failure);
        return Behaviors.receive(GroupMessage.class)
                .onMessage(RaftCommand.Asked.class, asked -> {
                    asked.done()
                            .completeExceptionally(
                                    new NotLeaderException(parts.self() + " is broken: restart the node", null));
                    return Behaviors.same();
                })
                .onMessageEquals(RaftCommand.Signal.STOP, Behaviors::stopped)
                .onAnyMessage(message -> Behaviors.same())
                .onSignal(PostStop.class, stop -> onStop())
                .build();
    }

    private void end() {
        leadership.end("this member stops");
        appends.observe();
        confirmations.end();
        handover.end();
        storage.close();
        bulk.tell(BulkCommand.Signal.STOP);
    }

    private Behavior<GroupMessage> onStop() {
        end();
        parts.stores().close();
        parts.report().stop();
        return Behaviors.same();
    }
}
