package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.NamespaceRules;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.Usage;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Answers queries from the namespace, on threads of their own: never behind a write in flight. A change is in the namespace before it is
 * acknowledged, so a query that is sent after that sees it. Safe for use by several threads.
 */
final class NamespaceReaders {
    private final Surroundings surroundings;
    private final ConfirmedAnswers answers;
    private final Executor threads;
    private final AtomicInteger waitingCount = new AtomicInteger();

    /** @param threads a bounded number of threads that may block */
    NamespaceReaders(Surroundings surroundings, ConfirmedAnswers answers, Executor threads) {
        this.surroundings = surroundings;
        this.answers = answers;
        this.threads = threads;
    }

    /** Answers {@code query} from a state of the namespace not older than this call; OVERLOADED when too many wait already. */
    void answer(VolumePlacement placement, Query query, ActorRef<Outcome> replyTo) {
        Runnable answer = () -> {
            Outcome outcome =
                    surroundings.namespace().read(rows -> NamespaceRules.answer(placement.context(), rows, query));
            replyTo.tell(outcome);
        };
        boolean accepted = submit(
                "answer a query about volume " + placement.volume(),
                answer,
                refusal -> replyTo.tell(new Outcome.Refused(refusal)));
        if (!accepted) {
            replyTo.tell(new Outcome.Refused(overloaded()));
        }
    }

    /** Counts the files of {@code volume}, or says nothing when that cannot be done: whoever asks has a timeout. */
    void describeUsage(VolumeId volume, ActorRef<VolumeControl.Usage> replyTo) {
        Runnable answer = () -> {
            VolumeUsage usage = surroundings.namespace().read(rows -> usage(rows, volume));
            replyTo.tell(new VolumeControl.Usage(volume, usage));
        };
        submit("count the files of volume " + volume, answer, refusal -> {});
    }

    private VolumeUsage usage(Rows rows, VolumeId volume) {
        Usage usage = Usage.of(rows, volume);
        return new VolumeUsage(
                usage.fileCount(),
                usage.directoryCount(),
                usage.storedBytes(),
                usage.reducedFileCount(),
                surroundings.settings().copies().copiesMin(),
                Jobs.scrubErrorCount(rows, volume),
                Usage.quotaBytes(rows, volume));
    }

    private boolean submit(String what, Runnable answer, Consumer<Refusal> refuse) {
        if (waitingCount.incrementAndGet() > surroundings.settings().queriesWaitingMax()) {
            waitingCount.decrementAndGet();
            return false;
        }
        answers.whenConfirmed(what, () -> threads.execute(() -> run(what, answer, refuse)), refusal -> {
            waitingCount.decrementAndGet();
            refuse.accept(refusal);
        });
        return true;
    }

    private void run(String what, Runnable answer, Consumer<Refusal> refuse) {
        try {
            answer.run();
        } catch (RuntimeException | AssertionError e) {
            if (Leadership.isLost(e)) {
                refuse.accept(Leadership.moved());
            } else {
                // A store that cannot be read, or rows that no rule could have written: nothing that later reads could
                // trust.
                surroundings.fault().halt(what, e);
            }
        } finally {
            waitingCount.decrementAndGet();
        }
    }

    private Refusal overloaded() {
        return new Refusal(
                RefusalCode.OVERLOADED,
                surroundings.settings().queriesWaitingMax()
                        + " queries wait for the namespace already, which is the limit: try again in a moment");
    }
}
