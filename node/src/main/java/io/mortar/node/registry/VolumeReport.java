package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeState;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Adds the counts of files to the statuses of volumes, answers and stops. Counts that do not come in time stay
 * {@link VolumeUsage#UNKNOWN}: a description never hangs on a busy coordinator.
 */
final class VolumeReport extends AbstractBehavior<Object> {
    private record OutOfTime() {}

    private final Map<VolumeId, VolumeStatus> statuses = new LinkedHashMap<>();
    private final Set<VolumeId> open = new HashSet<>();
    private final Function<List<VolumeStatus>, Reply> answer;
    private final ActorRef<Reply> replyTo;

    /** @param statuses without counts, in the order of the answer */
    static Behavior<Object> create(
            List<VolumeStatus> statuses,
            ActorRef<VolumeControl.Request> namespace,
            Duration timeout,
            Function<List<VolumeStatus>, Reply> answer,
            ActorRef<Reply> replyTo) {
        return Behaviors.withTimers(timers -> Behaviors.setup(context -> {
            timers.startSingleTimer(new OutOfTime(), timeout);
            return new VolumeReport(context, statuses, answer, replyTo).begin(namespace);
        }));
    }

    private VolumeReport(
            ActorContext<Object> context,
            List<VolumeStatus> statuses,
            Function<List<VolumeStatus>, Reply> answer,
            ActorRef<Reply> replyTo) {
        super(context);
        this.answer = answer;
        this.replyTo = replyTo;
        statuses.forEach(s -> this.statuses.put(s.id(), s));
    }

    private Behavior<Object> begin(ActorRef<VolumeControl.Request> namespace) {
        statuses.values().stream().filter(s -> hasCounts(s.state())).forEach(s -> {
            open.add(s.id());
            namespace.tell(new VolumeControl.DescribeUsage(
                    s.id(), getContext().getSelf().narrow()));
        });
        return next();
    }

    /** A volume in the making has no files; one in deletion has some number that says nothing. */
    private static boolean hasCounts(VolumeState state) {
        return state != VolumeState.CREATING && state != VolumeState.DELETING;
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(VolumeControl.Usage.class, this::onUsage)
                .onMessage(OutOfTime.class, this::onOutOfTime)
                .build();
    }

    private Behavior<Object> onUsage(VolumeControl.Usage message) {
        if (open.remove(message.id())) {
            statuses.computeIfPresent(message.id(), (id, s) -> withUsage(s, message.usage()));
        }
        return next();
    }

    private Behavior<Object> onOutOfTime(OutOfTime message) {
        open.clear();
        return next();
    }

    private Behavior<Object> next() {
        if (!open.isEmpty()) {
            return this;
        }
        replyTo.tell(answer.apply(List.copyOf(statuses.values())));
        return Behaviors.stopped();
    }

    private static VolumeStatus withUsage(VolumeStatus s, VolumeUsage usage) {
        return new VolumeStatus(s.id(), s.name(), s.spec(), s.state(), s.createdMillis(), usage, s.bricks());
    }
}
