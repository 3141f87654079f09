package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.Refusal;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives answers that follow no write once {@link Namespace#confirm} says that they are right. Safe for use by several threads. */
final class ConfirmedAnswers {
    private final Supplier<CompletionStage<Done>> confirm;
    private final FaultHandler fault;

    /** @param confirm {@link Namespace#confirm} */
    ConfirmedAnswers(Supplier<CompletionStage<Done>> confirm, FaultHandler fault) {
        this.confirm = confirm;
        this.fault = fault;
    }

    static ConfirmedAnswers with(Surroundings surroundings) {
        return new ConfirmedAnswers(surroundings.namespace()::confirm, surroundings.fault());
    }

    void refuse(ActorRef<Outcome> replyTo, Refusal refusal) {
        whenConfirmed(
                "refuse a request",
                () -> replyTo.tell(new Outcome.Refused(refusal)),
                instead -> replyTo.tell(new Outcome.Refused(instead)));
    }

    /**
     * Runs {@code answer}, or {@code refuse} when the leadership is lost or too much waits to be confirmed, on some thread and perhaps at
     * once: both are short.
     *
     * @param what for the case that it cannot be told, which is a fault
     */
    void whenConfirmed(String what, Runnable answer, Consumer<Refusal> refuse) {
        confirm.get().whenComplete((done, failure) -> {
            if (failure == null) {
                answer.run();
            } else {
                Leadership.unconfirmed(failure).ifPresentOrElse(refuse, () -> fault.halt(what, failure));
            }
        });
    }
}
