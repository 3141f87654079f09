package io.mortar.gateway.fake;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.mortar.client.pool.RegistryClient;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request with {@link #reply}, what is only tried with {@link #allowed}, those for lists of volumes with none unless it is one, and
 * keeps the requests.
 */
public final class FakeRegistry implements RegistryClient {
    private final ActorSystem<?> system;
    public final ConcurrentLinkedQueue<RegistryProtocol.Request> requests = new ConcurrentLinkedQueue<>();
    public volatile RegistryProtocol.@Nullable Reply reply;
    public volatile RegistryProtocol.ChangeAllowed allowed =
            new RegistryProtocol.ChangeAllowed(new VolumeId(1), true, List.of(), List.of(), null);
    public volatile @Nullable RefusedException refusal;

    public FakeRegistry(ActorSystem<?> system) {
        this.system = system;
    }

    @Override
    public <R extends RegistryProtocol.Reply> CompletionStage<R> ask(
            Class<R> expected, Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.Request> request) {
        requests.add(request.apply(system.<RegistryProtocol.Reply>deadLetters()));
        RefusedException refused = refusal;
        if (refused == null && expected == RegistryProtocol.VolumesListed.class && !expected.isInstance(reply)) {
            return CompletableFuture.completedStage(expected.cast(new RegistryProtocol.VolumesListed(List.of())));
        }
        if (refused == null && expected == RegistryProtocol.ChangeAllowed.class) {
            return CompletableFuture.completedStage(expected.cast(allowed));
        }
        return refused == null
                ? CompletableFuture.completedStage(expected.cast(reply))
                : CompletableFuture.failedStage(refused);
    }
}
