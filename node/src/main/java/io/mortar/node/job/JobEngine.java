package io.mortar.node.job;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the jobs of one volume that move files, the most urgent one at a time, beside the volume's coordinator. What is to be done
 * follows from the volume ({@link JobWishes}) or was started by a user; how far it is stands in rows. So nothing is lost when this node
 * stops: the next one that leads goes on with the files that were under way, then with the walk. {@link JobLoop} decides.
 */
public final class JobEngine extends AbstractBehavior<JobEngine.Command> {
    /** What it is told. */
    public sealed interface Command permits Describe, Tick, Pump, Stepped, Copied, Again {}

    /** Tells {@code replyTo} of the job that is worked on. */
    public record Describe(Consumer<JobReport> replyTo) implements Command {}

    private enum Tick implements Command {
        NOW
    }

    private enum Pump implements Command {
        NOW
    }

    private record Stepped(JobCommand command, @Nullable JobOutcome outcome) implements Command {}

    private record Copied(Copying copying, CopyResult result) implements Command {}

    private record Again(Copying copying) implements Command {}

    /** @param busyCount how often in turn a brick was busy */
    private record Copying(RelocationPlan.Copy copy, long order, int busyCount) {}

    /** Short, since a brick that is busy with copies has stored the next one soon; doubled while it gives way to clients. */
    private static final Duration BUSY_REST = Duration.ofMillis(20);

    private static final int BUSY_REST_DOUBLINGS_MAX = 3;

    private final TimerScheduler<Command> timers;
    private final JobHome home;
    private final JobLoop loop;

    /** To be spawned when the coordinator has recovered, on a dispatcher for blocking work. */
    public static Behavior<Command> create(JobHome home) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new JobEngine(context, timers, home)));
    }

    private JobEngine(ActorContext<Command> context, TimerScheduler<Command> timers, JobHome home) {
        super(context);
        this.timers = timers;
        this.home = home;
        this.loop = new JobLoop(home, new ActorEffects(), JobLoop.INODES_PER_TURN);
        timers.startTimerWithFixedDelay(Tick.NOW, Duration.ZERO, home.settings().interval());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Tick.class, tick -> run(loop::tick))
                .onMessage(Pump.class, pump -> run(loop::pump))
                .onMessage(Stepped.class, stepped -> run(() -> loop.stepped(stepped.command(), stepped.outcome())))
                .onMessage(Copied.class, this::onCopied)
                .onMessage(Again.class, again -> run(() -> copy(again.copying())))
                .build();
    }

    private Behavior<Command> run(Runnable step) {
        step.run();
        return this;
    }

    private Behavior<Command> onDescribe(Describe describe) {
        describe.replyTo().accept(loop.report());
        return this;
    }

    private Behavior<Command> onCopied(Copied copied) {
        if (copied.result() instanceof CopyResult.Busy) {
            Copying was = copied.copying();
            Copying next = new Copying(was.copy(), was.order(), was.busyCount() + 1);
            int doublings = Math.min(was.busyCount(), BUSY_REST_DOUBLINGS_MAX);
            timers.startSingleTimer(next, new Again(next), BUSY_REST.multipliedBy(1L << doublings));
            return this;
        }
        loop.copied(copied.copying().copy(), copied.result());
        return this;
    }

    private void copy(Copying copying) {
        RelocationPlan.Copy copy = copying.copy();
        ChunkCopy wanted =
                new ChunkCopy(copy.chunk(), copy.sizeBytes(), copy.target(), copy.sources(), copying.order());
        getContext().pipeToSelf(home.copy(wanted), (result, failure) -> new Copied(copying, result));
    }

    /** Has actors do what the loop wants. */
    private final class ActorEffects implements JobLoop.Effects {
        @Override
        public void step(JobCommand command) {
            getContext().pipeToSelf(home.submit(command), (outcome, failure) -> new Stepped(command, outcome));
        }

        @Override
        public void copy(RelocationPlan.Copy copy, long order) {
            JobEngine.this.copy(new Copying(copy, order, 0));
        }

        @Override
        public void wakeAfter(long nanos) {
            timers.startSingleTimer(Pump.NOW, Duration.ofNanos(nanos));
        }

        @Override
        public void begun(long job, JobKind kind, JobCounts counts) {
            getContext()
                    .getLog()
                    .info(
                            "volume={} job={} kind={} files={} bytes={} begun",
                            home.context().volume(),
                            job,
                            kind,
                            counts.filesTotal(),
                            counts.bytesTotal());
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
