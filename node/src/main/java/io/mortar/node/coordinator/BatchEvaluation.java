package io.mortar.node.coordinator;

import akka.Done;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Decision;
import io.mortar.core.namespace.Dedup;
import io.mortar.core.namespace.Deletions;
import io.mortar.core.namespace.JobDecision;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.JobRules;
import io.mortar.core.namespace.Leases;
import io.mortar.core.namespace.MissingCopies;
import io.mortar.core.namespace.NamespaceRules;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.RowOverlay;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.coordinator.Evaluated.Answer;
import io.mortar.node.coordinator.Evaluated.LeaseStep;
import io.mortar.protocol.namespace.RequestKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates one batch: every step against the store plus what the steps before it changed. Changes nothing itself; the result says
 * what to persist and what to answer after that.
 *
 * <p>An answer to a change that changed rows is remembered in the same event, so that a repeated request is answered and not carried
 * out twice, also after a crash. Answers that changed nothing go to {@link RecentOutcomes}.
 */
final class BatchEvaluation {
    /** Remembered answers that are forgotten per client and batch, at least; as many as are added on top. */
    private static final int SETTLED_COUNT_MIN = 64;

    private final VolumeContext context;
    private final RowOverlay rows;
    private final OutcomeCodec codec;
    private final RecentOutcomes recent;
    private final List<Answer<?>> answers = new ArrayList<>();
    private final List<LeaseStep> leases = new ArrayList<>();
    private final Map<Long, Settled> settled = new HashMap<>();

    private BatchEvaluation(VolumeContext context, Rows rows, OutcomeCodec codec, RecentOutcomes recent) {
        this.context = context;
        this.rows = new RowOverlay(rows);
        this.codec = codec;
        this.recent = recent;
    }

    /** Evaluates {@code steps} in order. {@code recent} takes the answers that changed nothing at once: they depend on nothing durable. */
    static Evaluated of(
            VolumeContext context, Rows rows, List<? extends Work> steps, OutcomeCodec codec, RecentOutcomes recent) {
        BatchEvaluation evaluation = new BatchEvaluation(context, rows, codec, recent);
        steps.forEach(evaluation::step);
        evaluation.settle();
        return new Evaluated(evaluation.rows.changes(), evaluation.answers, evaluation.leases);
    }

    private void step(Work work) {
        if (work instanceof Work.Change change) {
            answers.add(new Answer<>(change.replyTo(), change(change.key(), change.command())));
        } else if (work instanceof Work.Renew renew) {
            answers.add(new Answer<>(renew.replyTo(), renew(renew.version())));
        } else if (work instanceof Work.Expire expire) {
            rows.apply(Leases.expire(context, rows, expire.version()).changes());
            leases.add(new LeaseStep(expire.version(), false));
        } else if (work instanceof Work.FinishDeletions finish) {
            rows.apply(Deletions.done(context, rows, finish.done()).changes());
            rows.apply(Deletions.partly(context, rows, finish.partial()).changes());
            answers.add(new Answer<>(finish.replyTo(), Done.done()));
        } else if (work instanceof Work.FinishHealing finish) {
            rows.apply(MissingCopies.healed(context, rows, finish.copy()).changes());
            answers.add(new Answer<>(finish.replyTo(), Done.done()));
        } else if (work instanceof Work.JobStep step) {
            JobDecision decision = JobRules.decide(context, rows, step.command());
            rows.apply(decision.changes());
            answers.add(new Answer<>(step.replyTo(), decision.outcome()));
        } else if (work instanceof Work.JobRequest request) {
            JobDecision decision = JobRules.decide(context, rows, request.command());
            rows.apply(decision.changes());
            answers.add(new Answer<>(request.replyTo(), outcome(decision.outcome())));
        } else if (work instanceof Work.PurgeDetached purge) {
            Decision decision = Deletions.purgeDetached(context, rows, purge.limit());
            rows.apply(decision.changes());
            answers.add(new Answer<>(purge.replyTo(), !decision.changes().isEmpty()));
        } else if (work instanceof Work.ForgetAnswers forget) {
            rows.apply(Dedup.forgetBefore(rows, context.volume(), forget.beforeMillis(), forget.limit()));
        } else {
            throw new AssertionError("unhandled " + work);
        }
    }

    private static Outcome outcome(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Started started) {
            return new Outcome.JobStarted(started.id());
        }
        if (outcome instanceof JobOutcome.Changed changed) {
            return new Outcome.JobChanged(changed.state());
        }
        if (outcome instanceof JobOutcome.Refused refused) {
            return new Outcome.Refused(refused.refusal());
        }
        throw new AssertionError("no user asks for " + outcome);
    }

    private Outcome change(RequestKey key, Command command) {
        byte[] remembered = Dedup.find(rows, context.volume(), key.client(), key.sequence());
        if (remembered != null) {
            return codec.read(remembered);
        }
        return recent.find(key).orElseGet(() -> decide(key, command));
    }

    private Outcome decide(RequestKey key, Command command) {
        if (Dedup.isSettled(rows, context.volume(), key.client(), key.sequence())) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    "request " + key.sequence() + " arrived again after its sender had said that it has the answer;"
                            + " nothing was done");
        }
        Decision decision = NamespaceRules.decide(context, rows, command);
        if (decision.changes().isEmpty()) {
            recent.add(key, decision.outcome());
        } else {
            rows.apply(decision.changes());
            rows.apply(Dedup.remember(context, key.client(), key.sequence(), codec.write(decision.outcome())));
            settled.merge(key.client(), new Settled(key.settledBelow(), 1), Settled::and);
        }
        lease(command, decision.outcome());
        return decision.outcome();
    }

    private void lease(Command command, Outcome outcome) {
        if (outcome instanceof Outcome.WriteOpened opened) {
            leases.add(new LeaseStep(opened.version(), true));
        } else if (command instanceof Command.CommitWrite commit && outcome instanceof Outcome.Written) {
            leases.add(new LeaseStep(commit.version(), false));
        } else if (command instanceof Command.AbortWrite abort) {
            leases.add(new LeaseStep(abort.version(), false));
        }
    }

    private Outcome renew(FileVersion version) {
        if (!version.volume().equals(context.volume()) || !Leases.isOpen(rows, version)) {
            return refused(
                    RefusalCode.LEASE_LOST,
                    "upload " + version + " is not open any more: its lease ran out, or it was committed or given up;"
                            + " upload the file again");
        }
        leases.add(new LeaseStep(version, true));
        return new Outcome.LeaseRenewed(context.leaseMillis());
    }

    private void settle() {
        settled.forEach((client, mark) ->
                rows.apply(Dedup.settle(context, rows, client, mark.below, SETTLED_COUNT_MIN + 2 * mark.addedCount)));
    }

    private static Outcome refused(RefusalCode code, String text) {
        return new Outcome.Refused(new Refusal(code, text));
    }

    private record Settled(long below, int addedCount) {
        Settled and(Settled other) {
            return new Settled(Math.max(below, other.below), addedCount + other.addedCount);
        }
    }
}
