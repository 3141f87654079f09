package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.node.copying.ChunkCopier;
import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
import io.mortar.node.job.CopyHome;
import io.mortar.node.job.JobSettings;
import io.mortar.node.job.ScrubHome;
import io.mortar.node.job.ScrubSettings;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.PoolTopology;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What the jobs of a volume need, from the volume's actors. */
final class VolumeJobHome implements CopyHome, ScrubHome {
    private final ActorSystem<?> system;
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Batcher.Command> batcher;
    private final ChunkCopier copier;

    VolumeJobHome(
            ActorSystem<?> system,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Batcher.Command> batcher) {
        this.system = system;
        this.placement = placement;
        this.surroundings = surroundings;
        this.batcher = batcher;
        this.copier = new ChunkCopier(
                system,
                surroundings.topology(),
                surroundings.settings().copies().answerTimeout());
    }

    @Override
    public VolumeContext context() {
        return placement.context();
    }

    @Override
    public long shapeNumber() {
        return placement.shapeNumber();
    }

    @Override
    public <T> T read(Function<Rows, T> question) {
        return surroundings.namespace().read(question);
    }

    @Override
    public CompletionStage<JobOutcome> submit(JobCommand command) {
        return AskPattern.ask(
                batcher,
                replyTo -> new Batcher.Enqueue(new Work.JobStep(command, replyTo)),
                settings().stepTimeout(),
                system.scheduler());
    }

    @Override
    public CompletionStage<CopyResult> copy(ChunkCopy copy) {
        return copier.copy(copy);
    }

    @Override
    public CompletionStage<BrickProtocol.Reply> ask(
            BrickId brick, Function<ActorRef<BrickProtocol.Reply>, BrickProtocol.Request> request) {
        return surroundings
                .topology()
                .current()
                .brick(brick)
                .filter(PoolTopology.Brick::isServing)
                .map(known -> AskPattern.<BrickProtocol.Request, BrickProtocol.Reply>ask(
                        known.actor(), request::apply, scrubSettings().answerTimeout(), system.scheduler()))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new RefusedException(RefusalCode.BRICK_DOWN, "brick " + brick + " cannot be reached")));
    }

    @Override
    public ScrubSettings scrubSettings() {
        return surroundings.settings().scrub();
    }

    @Override
    public int departure(BrickId brick) {
        return placement.departure(brick);
    }

    @Override
    public void vacated(BrickId brick, int departure) {
        placement.vacated(brick, departure);
    }

    @Override
    public void moved(long bytesPerSecond) {
        placement.moved(bytesPerSecond);
    }

    @Override
    public JobSettings settings() {
        return surroundings.settings().jobs();
    }
}
