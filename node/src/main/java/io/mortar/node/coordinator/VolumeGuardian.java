package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import io.mortar.node.job.JobActor;
import io.mortar.node.job.JobEngine;
import io.mortar.node.job.ScrubEngine;
import io.mortar.node.job.WorkTally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actors of one started volume: coordinator, batcher and, once the coordinator has recovered, purger, healer and jobs. None of them is restarted
 * when it fails: metadata whose state is not known must not be used, so the process is halted. The end of the leadership is no failure:
 * the router is told, and ends this volume together with all others.
 */
final class VolumeGuardian extends AbstractBehavior<VolumeGuardian.Command> {
    sealed interface Command permits Submit, Pin, DescribeHealing, DescribeJobs, Stop, Abandon, Recovered {}

    record Submit(Work work) implements Command {}

    record Pin(FileVersion version) implements Command {}

    record DescribeHealing(ActorRef<Outcome> replyTo) implements Command {}

    record DescribeJobs(ActorRef<Outcome> replyTo) implements Command {}

    /** Refuses what waits, finishes what was begun, then stops. */
    record Stop() implements Command {}

    /** The leadership has ended: tells everybody who waits so, leaves what was begun to its fate, then stops. */
    record Abandon() implements Command {}

    private record Recovered() implements Command {}

    /** What the router is told. */
    sealed interface Event permits Ready, LeadershipLost {}

    /** The namespace has every acknowledged change of the volume. */
    record Ready(ActorRef<Command> guardian) implements Event {}

    /** The coordinator found out that the leadership has ended. */
    record LeadershipLost() implements Event {}

    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Event> listener;
    private final DispatcherSelector dispatcher;
    private final ActorRef<VolumeCoordinator.Command> coordinator;
    private final ActorRef<Batcher.Command> batcher;
    private final WorkTally healed = new WorkTally();
    private final WorkTally purged = new WorkTally();
    private final JobDesk jobDesk;
    private final Set<ActorRef<?>> running = new HashSet<>();
    private @Nullable ActorRef<Purger.Command> purger;
    private @Nullable ActorRef<Healer.Command> healer;
    private @Nullable ActorRef<JobActor.Command> jobs;
    private @Nullable ActorRef<JobActor.Command> scrub;
    private boolean stopping;

    /** @param listener told of each kind of event once at most */
    static Behavior<Command> create(
            VolumeName name, VolumePlacement placement, Surroundings surroundings, ActorRef<Event> listener) {
        return Behaviors.setup(context -> new VolumeGuardian(context, name, placement, surroundings, listener));
    }

    private VolumeGuardian(
            ActorContext<Command> context,
            VolumeName name,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Event> listener) {
        super(context);
        this.placement = placement;
        this.surroundings = surroundings;
        this.listener = listener;
        this.jobDesk = new JobDesk(placement, surroundings, healed, purged);
        this.dispatcher = DispatcherSelector.fromConfig(
                surroundings.settings().persisting().dispatcher());
        ActorRef<Done> recovered = context.messageAdapter(Done.class, done -> new Recovered());
        this.coordinator =
                context.spawn(VolumeCoordinator.create(placement, surroundings, recovered), "coordinator", dispatcher);
        this.batcher = context.spawn(
                Batcher.create(
                        name,
                        placement::spec,
                        surroundings.settings().batching(),
                        ConfirmedAnswers.with(surroundings),
                        coordinator),
                "batcher");
        watch(coordinator);
        watch(batcher);
    }

    private void watch(ActorRef<?> child) {
        getContext().watch(child);
        running.add(child);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Submit.class, this::onSubmit)
                .onMessage(Pin.class, this::onPin)
                .onMessage(DescribeHealing.class, this::onDescribeHealing)
                .onMessage(DescribeJobs.class, this::onDescribeJobs)
                .onMessage(Stop.class, stop -> onStop())
                .onMessage(Abandon.class, abandon -> onAbandon())
                .onMessage(Recovered.class, recovered -> onRecovered())
                .onSignal(ChildFailed.class, this::onChildFailed)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onSubmit(Submit submit) {
        batcher.tell(new Batcher.Enqueue(submit.work()));
        return this;
    }

    private Behavior<Command> onPin(Pin pin) {
        if (purger != null) {
            purger.tell(new Purger.Pin(pin.version()));
        }
        return this;
    }

    private Behavior<Command> onDescribeHealing(DescribeHealing describe) {
        if (healer == null) {
            describe.replyTo()
                    .tell(new Outcome.Refused(new Refusal(
                            RefusalCode.OVERLOADED,
                            "volume " + placement.volume() + " is being started: try again in a moment")));
        } else {
            healer.tell(new Healer.Describe(describe.replyTo()));
        }
        return this;
    }

    private Behavior<Command> onDescribeJobs(DescribeJobs describe) {
        ActorRef<JobActor.Command> mover = jobs;
        ActorRef<JobActor.Command> scrubber = scrub;
        if (mover == null || scrubber == null) {
            jobDesk.describe(List.of(), describe.replyTo());
        } else {
            mover.tell(new JobActor.Describe(moves -> scrubber.tell(
                    new JobActor.Describe(scrubs -> jobDesk.describe(List.of(moves, scrubs), describe.replyTo())))));
        }
        return this;
    }

    private Behavior<Command> onStop() {
        stopping = true;
        stopBackground();
        batcher.tell(new Batcher.Close());
        return this;
    }

    /** The coordinator may be gone already, or be waiting for a write whose outcome only the next leader knows. */
    private Behavior<Command> onAbandon() {
        stopping = true;
        stopBackground();
        getContext().stop(coordinator);
        batcher.tell(new Batcher.Abandon());
        return this;
    }

    private void stopBackground() {
        stop(purger);
        stop(healer);
        stop(jobs);
        stop(scrub);
    }

    private void stop(@Nullable ActorRef<?> child) {
        if (child != null) {
            getContext().unwatch(child);
            getContext().stop(child);
        }
    }

    private Behavior<Command> onRecovered() {
        if (!stopping) {
            purger = getContext().spawn(Purger.create(placement, surroundings, batcher, purged), "purger", dispatcher);
            getContext().watch(purger);
            healer = getContext().spawn(Healer.create(placement, surroundings, batcher, healed), "healer", dispatcher);
            getContext().watch(healer);
            VolumeJobHome home = new VolumeJobHome(getContext().getSystem(), placement, surroundings, batcher);
            jobs = getContext().spawn(JobEngine.create(home), "jobs", dispatcher);
            scrub = getContext().spawn(ScrubEngine.create(home), "scrub", dispatcher);
            getContext().watch(scrub);
            getContext().watch(jobs);
            listener.tell(new Ready(getContext().getSelf()));
        }
        return this;
    }

    private Behavior<Command> onChildFailed(ChildFailed failed) {
        if (Leadership.isLost(failed.cause())) {
            getContext()
                    .getLog()
                    .info(
                            "volume={} leadership lost: {}",
                            placement.volume(),
                            failed.cause().getMessage());
            stopping = true;
            listener.tell(new LeadershipLost());
            return ended(failed.getRef());
        }
        surroundings
                .fault()
                .halt("run the " + failed.getRef().path().name() + " of volume " + placement.volume(), failed.cause());
        return this;
    }

    private Behavior<Command> onTerminated(Terminated terminated) {
        if (!stopping) {
            String child = terminated.getRef().path().name();
            surroundings
                    .fault()
                    .halt(
                            "run the " + child + " of volume " + placement.volume(),
                            new AssertionError("the " + child + " stopped by itself"));
        }
        return ended(terminated.getRef());
    }

    private Behavior<Command> ended(ActorRef<Void> child) {
        running.remove(child);
        return running.isEmpty() ? Behaviors.stopped() : this;
    }
}
