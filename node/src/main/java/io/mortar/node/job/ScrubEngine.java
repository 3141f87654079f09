package io.mortar.node.job;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.pool.BrickId;
import io.mortar.protocol.brick.BrickProtocol;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies all chunks of one volume now and then, and when a user starts it, beside the volume's coordinator. {@link ScrubLoop} decides. */
public final class ScrubEngine extends AbstractBehavior<ScrubEngine.Command> {
    /** What it is told. */
    public sealed interface Command permits Describe, Tick, Pump, Stepped, Verified, Listed {}

    /** Tells {@code replyTo} of the job that is worked on. */
    public record Describe(Consumer<JobReport> replyTo) implements Command {}

    private enum Tick implements Command {
        NOW
    }

    private enum Pump implements Command {
        NOW
    }

    private record Stepped(JobCommand command, @Nullable JobOutcome outcome) implements Command {}

    private record Verified(ScrubVisit.Request request, BrickProtocol.@Nullable Reply reply) implements Command {}

    private record Listed(BrickId brick, BrickProtocol.@Nullable Reply reply) implements Command {}

    private final TimerScheduler<Command> timers;
    private final ScrubHome home;
    private final ScrubLoop loop;

    /** To be spawned when the coordinator has recovered, on a dispatcher for blocking work. */
    public static Behavior<Command> create(ScrubHome home) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new ScrubEngine(context, timers, home)));
    }

    private ScrubEngine(ActorContext<Command> context, TimerScheduler<Command> timers, ScrubHome home) {
        super(context);
        this.timers = timers;
        this.home = home;
        this.loop = new ScrubLoop(home, home.scrubSettings(), new ActorEffects());
        timers.startTimerWithFixedDelay(Tick.NOW, Duration.ZERO, home.settings().interval());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Tick.class, tick -> run(loop::tick))
                .onMessage(Pump.class, pump -> run(loop::pump))
                .onMessage(Stepped.class, stepped -> run(() -> loop.stepped(stepped.command(), stepped.outcome())))
                .onMessage(Verified.class, this::onVerified)
                .onMessage(Listed.class, this::onListed)
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

    private Behavior<Command> onVerified(Verified verified) {
        loop.verified(
                verified.request(),
                verified.reply() instanceof BrickProtocol.ChunksVerified found
                        ? new ScrubLoop.Verified(found.missing(), found.corrupt(), found.verifiedBytes())
                        : null);
        return this;
    }

    private Behavior<Command> onListed(Listed listed) {
        if (listed.reply() instanceof BrickProtocol.VersionsListed page) {
            loop.listed(listed.brick(), page.versions(), page.next());
        } else {
            loop.listed(listed.brick(), null, "");
        }
        return this;
    }

    /** Has actors do what the loop wants. */
    private final class ActorEffects implements ScrubLoop.Effects {
        @Override
        public void step(JobCommand command) {
            getContext().pipeToSelf(home.submit(command), (outcome, failure) -> new Stepped(command, outcome));
        }

        @Override
        public void verify(ScrubVisit.Request request) {
            getContext()
                    .pipeToSelf(
                            home.ask(
                                    request.brick(),
                                    replyTo -> new BrickProtocol.VerifyChunks(
                                            1, request.version(), request.indexes(), request.sizes(), replyTo)),
                            (reply, failure) -> new Verified(request, reply));
        }

        @Override
        public void list(BrickId brick, String cursor, int limit) {
            getContext()
                    .pipeToSelf(
                            home.ask(
                                    brick,
                                    replyTo -> new BrickProtocol.ListVersions(
                                            1, home.context().volume(), cursor, limit, replyTo)),
                            (reply, failure) -> new Listed(brick, reply));
        }

        @Override
        public void wakeAfter(long nanos) {
            timers.startSingleTimer(Pump.NOW, Duration.ofNanos(nanos));
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
