package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol.Ask;
import io.mortar.protocol.namespace.NamespaceProtocol.Change;
import io.mortar.protocol.namespace.NamespaceProtocol.ControlJob;
import io.mortar.protocol.namespace.NamespaceProtocol.DescribeHealing;
import io.mortar.protocol.namespace.NamespaceProtocol.DescribeJobs;
import io.mortar.protocol.namespace.NamespaceProtocol.PinVersion;
import io.mortar.protocol.namespace.NamespaceProtocol.RenewLease;
import io.mortar.protocol.namespace.NamespaceProtocol.StartJob;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The namespace actor of the metadata node, {@code /user/namespace}: hands every request to the actors of its volume, and starts and
 * stops those as the registry says. Its messages are {@link io.mortar.protocol.namespace.NamespaceProtocol.Request} from any node and
 * {@link VolumeControl.Request} from the registry beside it; {@code narrow()} makes a reference for either.
 *
 * <p>When the leadership over the metadata ends it does not fail: it answers everybody who waits with {@link Leadership#moved}, stops the
 * actors of all volumes, then itself. What they had begun and cannot finish any more is for the next leader.
 *
 * <p>It must not be announced to other nodes before the registry has told it of all volumes: it would deny that they exist.
 */
public final class NamespaceRouter extends AbstractBehavior<Object> {
    /** From whoever spawned it, when this node no longer leads. */
    public enum Stop {
        NOW
    }

    private final Surroundings surroundings;
    private final ConfirmedAnswers answers;
    private final NamespaceReaders readers;
    private final Map<VolumeId, VolumeSlot> slots = new HashMap<>();
    private final Map<VolumeName, VolumeSlot> names = new HashMap<>();
    private final Map<ActorRef<?>, VolumeSlot> actors = new HashMap<>();

    /** To be spawned once, on the metadata node, as {@code namespace}. */
    public static Behavior<Object> create(Surroundings surroundings) {
        return Behaviors.setup(context -> new NamespaceRouter(context, surroundings));
    }

    private NamespaceRouter(ActorContext<Object> context, Surroundings surroundings) {
        super(context);
        this.surroundings = surroundings;
        this.answers = ConfirmedAnswers.with(surroundings);
        this.readers = new NamespaceReaders(
                surroundings,
                answers,
                context.getSystem()
                        .dispatchers()
                        .lookup(DispatcherSelector.fromConfig(
                                surroundings.settings().persisting().readerDispatcher())));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, this::onAsk)
                .onMessage(Change.class, this::onChange)
                .onMessage(RenewLease.class, this::onRenewLease)
                .onMessage(PinVersion.class, this::onPinVersion)
                .onMessage(DescribeHealing.class, this::onDescribeHealing)
                .onMessage(DescribeJobs.class, this::onDescribeJobs)
                .onMessage(StartJob.class, this::onStartJob)
                .onMessage(ControlJob.class, this::onControlJob)
                .onMessage(VolumeControl.Serve.class, this::onServe)
                .onMessage(VolumeControl.Suspend.class, this::onSuspend)
                .onMessage(VolumeControl.Drop.class, this::onDrop)
                .onMessage(VolumeControl.DescribeUsage.class, this::onDescribeUsage)
                .onMessage(VolumeGuardian.Ready.class, this::onReady)
                .onMessage(VolumeGuardian.LeadershipLost.class, lost -> end())
                .onMessage(Stop.class, stop -> end())
                .onSignal(ChildFailed.class, this::onChildFailed)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Object> onAsk(Ask ask) {
        VolumeSlot.Serving serving = serving(ask.volume());
        if (serving == null) {
            refuse(ask.volume(), ask.replyTo());
        } else if (serving.ready()) {
            readers.answer(serving.placement(), ask.query(), ask.replyTo());
        } else if (serving.waiting().size() < surroundings.settings().queriesWaitingMax()) {
            serving.waiting().add(ask);
        } else {
            ask.replyTo().tell(new Outcome.Refused(starting(ask.volume())));
        }
        return this;
    }

    private Behavior<Object> onChange(Change change) {
        return submit(
                change.volume(), change.replyTo(), new Work.Change(change.key(), change.command(), change.replyTo()));
    }

    private Behavior<Object> onRenewLease(RenewLease renew) {
        return submit(renew.volume(), renew.replyTo(), new Work.Renew(renew.version(), renew.replyTo()));
    }

    private Behavior<Object> onPinVersion(PinVersion pin) {
        VolumeSlot.Serving serving = serving(pin.volume());
        if (serving != null) {
            serving.guardian().tell(new VolumeGuardian.Pin(pin.version()));
        }
        return this;
    }

    private Behavior<Object> onDescribeHealing(DescribeHealing describe) {
        VolumeSlot.Serving serving = serving(describe.volume());
        if (serving == null) {
            refuse(describe.volume(), describe.replyTo());
        } else {
            serving.guardian().tell(new VolumeGuardian.DescribeHealing(describe.replyTo()));
        }
        return this;
    }

    private Behavior<Object> onDescribeJobs(DescribeJobs describe) {
        VolumeSlot.Serving serving = serving(describe.volume());
        if (serving == null) {
            refuse(describe.volume(), describe.replyTo());
        } else {
            serving.guardian().tell(new VolumeGuardian.DescribeJobs(describe.replyTo()));
        }
        return this;
    }

    private Behavior<Object> onStartJob(StartJob start) {
        if (!start.kind().isStartedByUser()) {
            answers.refuse(start.replyTo(), Refusals.notStartedByUsers(start.kind()));
            return this;
        }
        return submit(
                start.volume(),
                start.replyTo(),
                new Work.JobRequest(new JobCommand.Start(start.kind(), null, 0), start.replyTo()));
    }

    private Behavior<Object> onControlJob(ControlJob control) {
        return submit(
                control.volume(),
                control.replyTo(),
                new Work.JobRequest(
                        new JobCommand.Control(control.job(), control.action(), control.value()), control.replyTo()));
    }

    private Behavior<Object> submit(VolumeName volume, ActorRef<Outcome> replyTo, Work work) {
        VolumeSlot.Serving serving = serving(volume);
        if (serving == null) {
            refuse(volume, replyTo);
        } else {
            serving.guardian().tell(new VolumeGuardian.Submit(work));
        }
        return this;
    }

    private VolumeSlot.@Nullable Serving serving(VolumeName volume) {
        VolumeSlot slot = names.get(volume);
        return slot == null ? null : slot.serving();
    }

    private void refuse(VolumeName volume, ActorRef<Outcome> replyTo) {
        VolumeSlot slot = names.get(volume);
        boolean exists = slot != null && !(slot.wish instanceof VolumeSlot.Dropped);
        answers.refuse(replyTo, exists ? Refusals.notStarted(volume) : Refusals.notFound(volume));
    }

    private Behavior<Object> onServe(VolumeControl.Serve serve) {
        return wish(serve.id(), serve.name(), new VolumeSlot.Served(serve));
    }

    private Behavior<Object> onSuspend(VolumeControl.Suspend suspend) {
        return wish(suspend.id(), suspend.name(), new VolumeSlot.Suspended());
    }

    private Behavior<Object> onDrop(VolumeControl.Drop drop) {
        slot(drop.id(), drop.name()).droppedReplies.add(drop.replyTo());
        return wish(drop.id(), drop.name(), new VolumeSlot.Dropped());
    }

    private Behavior<Object> onDescribeUsage(VolumeControl.DescribeUsage describe) {
        readers.describeUsage(describe.id(), describe.replyTo());
        return this;
    }

    private VolumeSlot slot(VolumeId id, VolumeName name) {
        VolumeSlot slot = slots.computeIfAbsent(id, i -> new VolumeSlot(i, name));
        names.put(name, slot);
        return slot;
    }

    private Behavior<Object> wish(VolumeId id, VolumeName name, VolumeSlot.Wish wish) {
        VolumeSlot slot = slot(id, name);
        if (!(slot.wish instanceof VolumeSlot.Dropped)) {
            slot.wish = wish;
        }
        advance(slot);
        return this;
    }

    /** Does the next thing that brings the volume's actors to what is wished; the end of an actor calls this again. */
    private void advance(VolumeSlot slot) {
        if (slot.phase instanceof VolumeSlot.Idle) {
            if (slot.wish instanceof VolumeSlot.Served served) {
                start(slot, served.volume());
            } else if (slot.wish instanceof VolumeSlot.Dropped) {
                remove(slot);
            }
        } else if (slot.phase instanceof VolumeSlot.Serving serving) {
            if (slot.wish instanceof VolumeSlot.Served served) {
                serving.placement().update(served.volume());
                return;
            }
            serving.waiting().forEach(ask -> refuse(ask.volume(), ask.replyTo()));
            serving.guardian().tell(new VolumeGuardian.Stop());
            slot.phase = new VolumeSlot.Stopping(serving.guardian());
        }
    }

    private void start(VolumeSlot slot, VolumeControl.Serve volume) {
        VolumePlacement placement = new VolumePlacement(volume, surroundings);
        ActorRef<VolumeGuardian.Command> guardian = getContext()
                .spawn(
                        VolumeGuardian.create(
                                slot.name,
                                placement,
                                surroundings,
                                getContext().getSelf().narrow()),
                        "volume-" + slot.id);
        watch(slot, guardian);
        slot.phase = VolumeSlot.starting(guardian, placement);
        getContext().getLog().info("volume={} name={} starting", slot.id, slot.name);
    }

    private void remove(VolumeSlot slot) {
        ActorRef<VolumeRemoval.Command> removal =
                getContext().spawn(VolumeRemoval.create(slot.id, surroundings), "removal-" + slot.id);
        watch(slot, removal);
        slot.phase = new VolumeSlot.Removing(removal);
    }

    private void watch(VolumeSlot slot, ActorRef<?> actor) {
        getContext().watch(actor);
        actors.put(actor, slot);
    }

    private Behavior<Object> onReady(VolumeGuardian.Ready ready) {
        VolumeSlot slot = actors.get(ready.guardian());
        if (slot != null && slot.phase instanceof VolumeSlot.Serving serving) {
            slot.phase = serving.recovered();
            serving.waiting().forEach(this::onAsk);
        }
        return this;
    }

    private Behavior<Object> end() {
        actors.values().forEach(this::abandon);
        return EndedNamespace.of(getContext(), actors.keySet());
    }

    private void abandon(VolumeSlot slot) {
        if (slot.phase instanceof VolumeSlot.Serving serving) {
            serving.waiting().forEach(ask -> ask.replyTo().tell(new Outcome.Refused(Leadership.moved())));
            serving.guardian().tell(new VolumeGuardian.Abandon());
        } else if (slot.phase instanceof VolumeSlot.Stopping stopping) {
            stopping.guardian().tell(new VolumeGuardian.Abandon());
        } else if (slot.phase instanceof VolumeSlot.Removing removing) {
            getContext().stop(removing.removal());
        } else {
            throw new AssertionError("volume " + slot.id + " is idle and has an actor");
        }
    }

    private Behavior<Object> onChildFailed(ChildFailed failed) {
        if (Leadership.isLost(failed.cause())) {
            actors.remove(failed.getRef());
            return end();
        }
        surroundings.fault().halt("run " + failed.getRef().path().name(), failed.cause());
        return this;
    }

    private Behavior<Object> onTerminated(Terminated terminated) {
        VolumeSlot slot = actors.remove(terminated.getRef());
        if (slot == null) {
            throw new AssertionError("unknown actor " + terminated.getRef() + " stopped");
        }
        if (slot.phase instanceof VolumeSlot.Removing) {
            slots.remove(slot.id);
            names.remove(slot.name, slot);
            slot.droppedReplies.forEach(replyTo -> replyTo.tell(new VolumeControl.Dropped(slot.id)));
        } else {
            slot.phase = new VolumeSlot.Idle();
            advance(slot);
        }
        return this;
    }

    private static Refusal starting(VolumeName volume) {
        return new Refusal(
                RefusalCode.OVERLOADED,
                "volume '" + volume
                        + "' is being started and too many queries wait for it already: try again in a moment");
    }
}
