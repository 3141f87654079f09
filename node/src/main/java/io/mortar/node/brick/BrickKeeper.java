package io.mortar.node.brick;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.brick.BrickEntry.Active;
import io.mortar.node.brick.BrickEntry.Planned;
import io.mortar.node.brick.BrickEntry.Quarantined;
import io.mortar.node.brick.BrickEntry.Releasing;
import io.mortar.node.brick.KeeperMessage.BrickFailed;
import io.mortar.node.brick.KeeperMessage.BrickReported;
import io.mortar.node.brick.KeeperMessage.BrickStopped;
import io.mortar.node.brick.KeeperMessage.Checked;
import io.mortar.node.brick.KeeperMessage.Erased;
import io.mortar.node.brick.KeeperMessage.Inspected;
import io.mortar.node.brick.KeeperMessage.Prepared;
import io.mortar.node.event.RoomForEvents;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickPrepared;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickReleased;
import io.mortar.protocol.brick.BrickAdminProtocol.CheckBrick;
import io.mortar.protocol.brick.BrickAdminProtocol.PrepareBrick;
import io.mortar.protocol.brick.BrickAdminProtocol.ReconcileBricks;
import io.mortar.protocol.brick.BrickAdminProtocol.ReleaseBrick;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.Announcement;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Keeper of a node's bricks, {@code /user/bricks}: its events are the list of them, its children the brick actors. A step that touches a
 * directory is planned in an event first, can be repeated, and is repeated or undone after a crash.
 */
public final class BrickKeeper extends EventSourcedBehavior<Object, BrickEvent, BrickList> {
    private final ActorContext<Object> context;
    private final Consumer<List<Announcement.Brick>> listener;
    private final DirectoryWork work;
    private final BrickActors actors;
    private final Announcements announcements;
    private final BrickChecks checks;
    private final RoomForEvents room;
    private final BrickWaiters prepares = new BrickWaiters();
    private final BrickWaiters releases = new BrickWaiters();
    private Set<BrickId> missing = Set.of();

    /**
     * The keeper of {@code node}'s bricks. Needs the journal {@code mortar.journal.local}; if it stops, the node has no bricks and must
     * be stopped too.
     *
     * @param dataDirectory the node's own, in which no brick may be
     * @param listener told on this actor's thread, on every change and at every report interval
     */
    public static Behavior<BrickAdminProtocol.Request> create(
            BrickSettings settings, NodeName node, Path dataDirectory, Consumer<List<Announcement.Brick>> listener) {
        return Behaviors.setup(context -> create(
                settings,
                node,
                dataDirectory,
                listener,
                Hardware.ofThisMachine(),
                LocalStore.get(context.getSystem()).space()));
    }

    static Behavior<BrickAdminProtocol.Request> create(
            BrickSettings settings,
            NodeName node,
            Path dataDirectory,
            Consumer<List<Announcement.Brick>> listener,
            Hardware hardware,
            DiskSpace space) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(timers -> {
                    timers.startTimerWithFixedDelay(KeeperMessage.Tick.ANNOUNCE, settings.reportInterval());
                    DirectoryWork work = new DirectoryWork(context, hardware, settings, dataDirectory);
                    BrickActors actors = new BrickActors(context, node, settings, work.opening());
                    return new BrickKeeper(
                            context,
                            work,
                            actors,
                            new Announcements(node, MachineId.ofThisMachine(node)),
                            new RoomForEvents(space, "the list of bricks of node " + node),
                            listener);
                }))
                .narrow();
    }

    private BrickKeeper(
            ActorContext<Object> context,
            DirectoryWork work,
            BrickActors actors,
            Announcements announcements,
            RoomForEvents room,
            Consumer<List<Announcement.Brick>> listener) {
        super(PersistenceId.ofUniqueId("bricks"));
        this.context = context;
        this.work = work;
        this.actors = actors;
        this.announcements = announcements;
        this.checks = new BrickChecks(work, announcements);
        this.room = room;
        this.listener = listener;
    }

    @Override
    public String journalPluginId() {
        return "mortar.journal.local";
    }

    @Override
    public String snapshotPluginId() {
        return "mortar.snapshot.local";
    }

    @Override
    public BrickList emptyState() {
        return BrickList.EMPTY;
    }

    @Override
    public EventHandler<BrickList, BrickEvent> eventHandler() {
        return BrickList::evolve;
    }

    @Override
    public SignalHandler<BrickList> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    @Override
    public CommandHandler<Object, BrickEvent, BrickList> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(PrepareBrick.class, this::onPrepare)
                .onCommand(CheckBrick.class, this::onCheck)
                .onCommand(Checked.class, this::onChecked)
                .onCommand(Prepared.class, whenWritable(this::onPrepared))
                .onCommand(ReleaseBrick.class, this::onRelease)
                .onCommand(BrickStopped.class, this::onStopped)
                .onCommand(Erased.class, whenWritable(this::onErased))
                .onCommand(ReconcileBricks.class, this::onReconcile)
                .onCommand(BrickReported.class, this::onReported)
                .onCommand(BrickFailed.class, this::onFailed)
                .onCommand(Inspected.class, whenWritable(this::onInspected))
                .onCommand(KeeperMessage.Tick.class, this::onTick)
                .build();
    }

    /** For the ends of this actor's own steps, which wait while the disk takes no writes. */
    private <M> BiFunction<BrickList, M, Effect<BrickEvent, BrickList>> whenWritable(
            BiFunction<BrickList, M, Effect<BrickEvent, BrickList>> handler) {
        return (bricks, message) -> room.keepsWaiting(message) ? Effect().none() : handler.apply(bricks, message);
    }

    private Effect<BrickEvent, BrickList> onTick(BrickList bricks, KeeperMessage.Tick tick) {
        room.takeWaiting().forEach(context.getSelf()::tell);
        announce(bricks);
        return Effect().none();
    }

    private void onRecovered(BrickList bricks) {
        context.getLog().info("bricks recovered count={}", bricks.entries().size());
        for (BrickEntry entry : bricks.entries().values()) {
            if (entry instanceof Active active) {
                actors.start(active.identity());
            } else if (entry instanceof Quarantined quarantined) {
                work.inspect(quarantined.identity(), quarantined.reason());
            } else if (entry instanceof Releasing) {
                erase(entry.plan());
            } else if (!(entry instanceof Planned)) { // that one is prepared or released by whoever asks again
                throw new AssertionError("unhandled " + entry);
            }
        }
    }

    private Effect<BrickEvent, BrickList> onPrepare(BrickList bricks, PrepareBrick request) {
        BrickPlan plan = new BrickPlan(request.pool(), request.volume(), request.brick(), request.directory());
        Refusal refusal = refusalOf(bricks, plan).orElse(null);
        if (refusal != null) {
            request.replyTo().tell(new BrickAdminRefused(plan.brick(), refusal));
            return Effect().none();
        }
        prepares.add(plan.brick(), request.replyTo());
        BrickEntry entry = bricks.find(plan.brick()).orElse(null);
        if (entry == null) {
            return Effect()
                    .persist(new BrickEvent.BrickPlanned(plan))
                    .thenRun(now -> work.prepare(plan, now.othersThan(plan.brick())));
        }
        if (entry instanceof Planned) {
            work.prepare(plan, bricks.othersThan(plan.brick()));
        } else {
            answerPrepares(plan.brick());
        }
        return Effect().none();
    }

    private Optional<Refusal> refusalOf(BrickList bricks, BrickPlan plan) {
        boolean isNew = bricks.find(plan.brick()).isEmpty();
        return bricks.refusalOf(plan).or(() -> isNew ? room.refusal(true) : Optional.empty());
    }

    private Effect<BrickEvent, BrickList> onCheck(BrickList bricks, CheckBrick request) {
        BrickPlan plan = new BrickPlan(request.pool(), request.volume(), request.brick(), request.directory());
        refusalOf(bricks, plan)
                .ifPresentOrElse(
                        refusal -> checks.refuse(request, refusal),
                        () -> checks.begin(request, plan, bricks.othersThan(plan.brick())));
        return Effect().none();
    }

    private Effect<BrickEvent, BrickList> onChecked(BrickList bricks, Checked checked) {
        checks.ended(checked);
        return Effect().none();
    }

    private Effect<BrickEvent, BrickList> onPrepared(BrickList bricks, Prepared prepared) {
        BrickId brick = prepared.brick();
        work.ended(brick);
        BrickIdentity identity = prepared.identity();
        Refusal refusal = prepared.refusal();
        if (identity == null || refusal != null) {
            Refusal reason = refusal == null ? new Refusal(RefusalCode.INTERNAL, "no identity was made") : refusal;
            return Effect().persist(new BrickEvent.BrickReleased(brick)).thenRun(now -> {
                context.getLog().info("brick refused brick={} reason={}", brick, reason.text());
                prepares.answer(brick, new BrickAdminRefused(brick, reason));
                releases.answer(brick, new BrickReleased(brick));
            });
        }
        if (releases.hasFor(brick)) {
            return Effect()
                    .persist(List.of(new BrickEvent.BrickAdded(identity), new BrickEvent.BrickReleasing(brick)))
                    .thenRun(now -> erase(identity.plan()));
        }
        return Effect().persist(new BrickEvent.BrickAdded(identity)).thenRun(now -> {
            context.getLog()
                    .info(
                            "brick added brick={} directory={} volume={}",
                            brick,
                            identity.plan().directory(),
                            identity.plan().volume());
            actors.start(identity);
        });
    }

    private Effect<BrickEvent, BrickList> onRelease(BrickList bricks, ReleaseBrick request) {
        BrickEntry entry = bricks.find(request.brick()).orElse(null);
        if (entry == null) {
            request.replyTo().tell(new BrickReleased(request.brick()));
            return Effect().none();
        }
        if (entry instanceof Releasing || (entry instanceof Planned && work.isBusy(request.brick()))) {
            releases.add(request.brick(), request.replyTo());
            return Effect().none(); // under way, or done as soon as the preparation has ended
        }
        Optional<Refusal> noSpace = room.refusal(false);
        if (noSpace.isPresent()) {
            request.replyTo().tell(new BrickAdminRefused(request.brick(), noSpace.get()));
            return Effect().none();
        }
        releases.add(request.brick(), request.replyTo());
        return Effect()
                .persist(new BrickEvent.BrickReleasing(request.brick()))
                .thenRun(now -> stopAndErase(entry.plan()));
    }

    private void stopAndErase(BrickPlan plan) {
        actors.find(plan.brick()).ifPresentOrElse(actor -> actor.tell(BrickActor.Stop.NOW), () -> erase(plan));
    }

    private Effect<BrickEvent, BrickList> onStopped(BrickList bricks, BrickStopped stopped) {
        BrickEntry entry = bricks.find(stopped.brick()).orElse(null);
        if (entry instanceof Releasing) {
            actors.forget(stopped.brick());
            erase(entry.plan());
            return Effect().none();
        }
        context.getLog().error("brick actor ended brick={}", stopped.brick());
        return onReported(
                bricks,
                new BrickReported(
                        stopped.brick(),
                        BrickHealth.QUARANTINED,
                        "its actor ended by a fault, see the log; restart the node",
                        BrickCapacity.NONE,
                        ""));
    }

    private void erase(BrickPlan plan) {
        announcements.forget(plan.brick());
        work.erase(plan);
    }

    private Effect<BrickEvent, BrickList> onErased(BrickList bricks, Erased erased) {
        work.ended(erased.brick());
        return Effect().persist(new BrickEvent.BrickReleased(erased.brick())).thenRun(now -> {
            if (erased.left().isEmpty()) {
                context.getLog().info("brick released brick={}", erased.brick());
            } else {
                context.getLog().warn("brick released, data left brick={} reason={}", erased.brick(), erased.left());
            }
            releases.answer(erased.brick(), new BrickReleased(erased.brick()));
            prepares.answer(
                    erased.brick(),
                    new BrickAdminRefused(
                            erased.brick(), new Refusal(RefusalCode.INTERNAL, "the brick was released meanwhile")));
            announce(now);
        });
    }

    private Effect<BrickEvent, BrickList> onReported(BrickList bricks, BrickReported report) {
        boolean changed = announcements.report(report);
        answerPrepares(report.brick());
        if (changed) {
            announce(bricks);
        }
        return Effect().none();
    }

    private void answerPrepares(BrickId brick) {
        announcements
                .reportOf(brick)
                .ifPresent(report -> prepares.answer(
                        brick,
                        report.health() == BrickHealth.QUARANTINED
                                ? new BrickAdminRefused(
                                        brick,
                                        new Refusal(
                                                RefusalCode.INTERNAL, "the brick is quarantined: " + report.reason()))
                                : new BrickPrepared(brick, announcements.capacityOf(report))));
    }

    private Effect<BrickEvent, BrickList> onFailed(BrickList bricks, BrickFailed failed) {
        BrickReported report =
                new BrickReported(failed.brick(), BrickHealth.QUARANTINED, failed.reason(), BrickCapacity.NONE, "");
        if (!(bricks.find(failed.brick()).orElse(null) instanceof Active)) {
            return Effect().none();
        }
        announcements.report(report);
        announce(bricks);
        return room.keepsWaiting(failed)
                ? Effect().none()
                : Effect().persist(new BrickEvent.BrickQuarantined(failed.brick(), failed.reason()));
    }

    private Effect<BrickEvent, BrickList> onInspected(BrickList bricks, Inspected inspected) {
        BrickId brick = inspected.identity().plan().brick();
        work.ended(brick);
        if (bricks.find(brick).orElse(null) instanceof Releasing) {
            erase(inspected.identity().plan());
            return Effect().none();
        }
        if (inspected.reinstate()) {
            return Effect().persist(new BrickEvent.BrickReinstated(brick)).thenRun(now -> {
                context.getLog().info("brick reinstated brick={}", brick);
                actors.start(inspected.identity());
            });
        }
        context.getLog().error("brick stays quarantined brick={} reason={}", brick, inspected.reason());
        actors.startQuarantined(
                inspected.identity(),
                inspected.reason() + "; check the disk, make an empty file " + BrickOpening.REINSTATE_FILE
                        + " in its directory and restart the node");
        return Effect().none();
    }

    private Effect<BrickEvent, BrickList> onReconcile(BrickList bricks, ReconcileBricks request) {
        Set<BrickId> absent = new HashSet<>(request.expected());
        absent.removeAll(bricks.entries().keySet());
        if (!absent.isEmpty() && !absent.equals(missing)) {
            context.getLog().error("bricks missing on this node bricks={}", absent);
        }
        missing = absent;
        return Effect().none();
    }

    private void announce(BrickList bricks) {
        listener.accept(announcements.all(bricks, actors));
    }
}
