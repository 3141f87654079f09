package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EffectFactories;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.Decision;
import io.mortar.core.registry.RegistryCommand;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryRules;
import io.mortar.core.registry.RegistryState;
import io.mortar.node.event.RoomForEvents;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** What the registry does about a decision: refuse, or persist and then go on. Used by the registry's actor alone. */
final class RegistryEffects {
    private final EffectFactories<RegistryEvent, RegistryState> effect;
    private final RegistryRules rules;
    private final RoomForEvents room;
    private final int requestCountMax;
    private final IntSupplier requestCount;

    /** @param requestCount requests whose answers are held back now */
    RegistryEffects(
            EffectFactories<RegistryEvent, RegistryState> effect,
            RegistryRules rules,
            RoomForEvents room,
            int requestCountMax,
            IntSupplier requestCount) {
        this.effect = effect;
        this.rules = rules;
        this.room = room;
        this.requestCountMax = requestCountMax;
        this.requestCount = requestCount;
    }

    /** For requests: answers a refusal, or persists and then goes on. */
    Effect<RegistryEvent, RegistryState> decided(
            RegistryState state,
            RegistryCommand command,
            ActorRef<RegistryProtocol.Reply> replyTo,
            Consumer<RegistryState> then) {
        Decision decision = rules.decide(state, command);
        if (decision instanceof Decision.Refused refused) {
            return refuse(replyTo, refused.refusal());
        }
        if (decision instanceof Decision.Accepted accepted) {
            Optional<Refusal> noSpace =
                    accepted.events().isEmpty() ? Optional.empty() : room.refusal(isGrowth(accepted.events()));
            return noSpace.isPresent() ? refuse(replyTo, noSpace.get()) : persist(accepted, then);
        }
        throw new AssertionError("unhandled " + decision);
    }

    private static boolean isGrowth(List<RegistryEvent> events) {
        return events.stream()
                .anyMatch(event -> event instanceof RegistryEvent.NodeRegistered
                        || event instanceof RegistryEvent.VolumeCreating
                        || event instanceof RegistryEvent.BricksAdding);
    }

    /** For requests whose answer is held back until something else has happened. */
    Effect<RegistryEvent, RegistryState> bounded(
            RegistryState state,
            RegistryCommand command,
            ActorRef<RegistryProtocol.Reply> replyTo,
            Consumer<RegistryState> then) {
        return isFull() ? refuseOverload(replyTo) : decided(state, command, replyTo, then);
    }

    /** For requests that only ask what would be decided: answers a refusal, or goes on with what would be persisted. */
    Effect<RegistryEvent, RegistryState> tried(
            RegistryState state,
            RegistryCommand command,
            ActorRef<RegistryProtocol.Reply> replyTo,
            Consumer<List<RegistryEvent>> then) {
        Decision decision = rules.decide(state, command);
        if (decision instanceof Decision.Refused refused) {
            return refuse(replyTo, refused.refusal());
        }
        if (decision instanceof Decision.Accepted accepted) {
            return act(() -> then.accept(accepted.events()));
        }
        throw new AssertionError("unhandled " + decision);
    }

    /** For {@code message}, the end of one of the registry's own steps; one that has ended before does nothing. */
    Effect<RegistryEvent, RegistryState> step(
            RegistryState state, Object message, RegistryCommand command, Consumer<RegistryState> then) {
        if (room.keepsWaiting(message)) {
            return effect.none();
        }
        Decision decision = rules.decide(state, command);
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.events().isEmpty() ? effect.none() : persist(accepted, then);
        }
        throw new AssertionError("a step was refused: " + decision);
    }

    private Effect<RegistryEvent, RegistryState> persist(Decision.Accepted accepted, Consumer<RegistryState> then) {
        return effect.persist(accepted.events()).thenRun((RegistryState next) -> then.accept(next));
    }

    /** For messages that change nothing that is stored. */
    Effect<RegistryEvent, RegistryState> act(Runnable act) {
        act.run();
        return effect.none();
    }

    Effect<RegistryEvent, RegistryState> refuse(ActorRef<RegistryProtocol.Reply> replyTo, Refusal refusal) {
        replyTo.tell(new RegistryProtocol.Refused(refusal));
        return effect.none();
    }

    boolean isFull() {
        return requestCount.getAsInt() >= requestCountMax;
    }

    Effect<RegistryEvent, RegistryState> refuseOverload(ActorRef<RegistryProtocol.Reply> replyTo) {
        return refuse(
                replyTo,
                new Refusal(
                        RefusalCode.OVERLOADED,
                        "the registry has " + requestCountMax
                                + " requests in progress, its limit; try again in a moment"));
    }
}
