package io.mortar.node.job;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The actor of a loop of background work, beside the volume's coordinator. The loop decides; whatever it has others do comes back to it here, as
 * one step after the other.
 */
public final class JobActor<L extends JobActor.Loop> extends AbstractBehavior<JobActor.Command> {
    /** What it is told. */
    public sealed interface Command permits Describe, Step {}

    /** Tells {@code replyTo} of the job that is worked on. */
    public record Describe(Consumer<JobReport> replyTo) implements Command {}

    private record Step(Runnable step) implements Command {}

    /** Decides. For one thread. */
    interface Loop {
        JobReport report();

        /** To be called every {@link JobSettings#interval}. */
        void tick();

        /** Goes on with whatever can go on. */
        void pump();

        /** @param outcome null when no answer came in time */
        void stepped(JobCommand command, @Nullable JobOutcome outcome);
    }

    /** What every loop has others do. */
    interface Effects {
        /** {@link Loop#stepped} is to be called with the answer, or without one when none came in time. */
        void step(JobCommand command);

        /** {@link Loop#pump} is to be called then. */
        void wakeAfter(long nanos);

        /** Monotonic. */
        long nanoTime();
    }

    private enum TimerKey {
        TICK,
        PUMP
    }

    private final TimerScheduler<Command> timers;
    private final L loop;

    /** @param loop made on the actor's thread; uses the actor only later */
    static <L extends Loop> Behavior<Command> create(JobVolume volume, Function<JobActor<L>, L> loop) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new JobActor<>(context, timers, volume.settings(), loop)));
    }

    private JobActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            JobSettings settings,
            Function<JobActor<L>, L> loop) {
        super(context);
        this.timers = timers;
        this.loop = loop.apply(this);
        timers.startTimerWithFixedDelay(TimerKey.TICK, new Step(this.loop::tick), Duration.ZERO, settings.interval());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Step.class, this::onStep)
                .build();
    }

    private Behavior<Command> onDescribe(Describe describe) {
        describe.replyTo().accept(loop.report());
        return this;
    }

    private Behavior<Command> onStep(Step step) {
        step.step().run();
        return this;
    }

    /** Has {@code next} run on this actor when {@code stage} is done; null if it failed. */
    <T> void whenDone(CompletionStage<T> stage, Consumer<@Nullable T> next) {
        getContext().pipeToSelf(stage, (result, failure) -> new Step(() -> next.accept(result)));
    }

    /** Has {@code next} run on this actor after a while. */
    void after(Duration pause, Runnable next) {
        timers.startSingleTimer(new Object(), new Step(next), pause);
    }

    /** Effects that are the same for every loop. */
    abstract static class Hands<L extends Loop> implements Effects {
        private final JobActor<L> actor;
        private final JobHome home;

        Hands(JobActor<L> actor, JobHome home) {
            this.actor = actor;
            this.home = home;
        }

        final JobActor<L> actor() {
            return actor;
        }

        /** Not while it is being made. */
        final L loop() {
            return actor.loop;
        }

        @Override
        public final void step(JobCommand command) {
            actor.whenDone(home.submit(command), outcome -> actor.loop.stepped(command, outcome));
        }

        @Override
        public final void wakeAfter(long nanos) {
            actor.timers.startSingleTimer(TimerKey.PUMP, new Step(actor.loop::pump), Duration.ofNanos(nanos));
        }

        @Override
        public final long nanoTime() {
            return System.nanoTime();
        }
    }
}
