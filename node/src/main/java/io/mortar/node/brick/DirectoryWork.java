package io.mortar.node.brick;

import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.node.brick.KeeperMessage.Checked;
import io.mortar.node.brick.KeeperMessage.Erased;
import io.mortar.node.brick.KeeperMessage.Inspected;
import io.mortar.node.brick.KeeperMessage.Prepared;
import io.mortar.protocol.brick.BrickAdminProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work on the directories of bricks, on the dispatcher for blocking work, one piece per brick at a time; its end is a message to the
 * keeper, who then calls {@link #ended}. Used by the keeper's thread.
 */
final class DirectoryWork {
    private final ActorContext<Object> context;
    private final BrickPreparation preparation;
    private final BrickOpening opening;
    private final Executor blocking;
    private final Set<BrickId> busy = new HashSet<>();

    DirectoryWork(ActorContext<Object> context, Hardware hardware, BrickSettings settings, Path dataDirectory) {
        this.context = context;
        this.preparation = new BrickPreparation(hardware, settings, dataDirectory);
        this.opening = new BrickOpening(hardware, settings.store());
        this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    }

    BrickOpening opening() {
        return opening;
    }

    boolean isBusy(BrickId brick) {
        return busy.contains(brick);
    }

    void ended(BrickId brick) {
        busy.remove(brick);
    }

    /** Ends with {@link Prepared}. */
    void prepare(BrickPlan plan, List<BrickPlan> others) {
        start(
                plan.brick(),
                () -> preparation.prepare(plan, others),
                (identity, error) -> new Prepared(plan.brick(), identity, error == null ? null : refusalOf(error)));
    }

    /** Ends with {@link Checked}; beside any other work, since it changes nothing. */
    void check(BrickAdminProtocol.CheckBrick request, BrickPlan plan, List<BrickPlan> others) {
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> preparation.survey(plan, others), blocking),
                (survey, error) -> new Checked(request, survey, error == null ? null : refusalOf(error)));
    }

    /** Ends with {@link Inspected}. */
    void inspect(BrickIdentity identity, String reason) {
        start(
                identity.plan().brick(),
                () -> opening.takeReinstatement(identity),
                (reinstate, error) -> new Inspected(identity, reason, reinstate != null && reinstate));
    }

    /** Ends with {@link Erased}. */
    void erase(BrickPlan plan) {
        start(
                plan.brick(),
                () -> eraseNow(plan),
                (left, error) -> new Erased(plan.brick(), left == null ? String.valueOf(error) : left));
    }

    /** A brick is released even if its disk is gone for good: what is left there is never taken for an empty directory. */
    private static String eraseNow(BrickPlan plan) {
        try {
            return BrickErasure.erase(plan) ? "" : "the directory is not, or no longer, this brick";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Refusal refusalOf(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return cause instanceof RefusedException refused
                ? refused.refusal()
                : new Refusal(RefusalCode.INTERNAL, "the directory could not be prepared: " + cause);
    }

    private interface Result<T> {
        Object of(@Nullable T value, @Nullable Throwable error);
    }

    private <T> void start(BrickId brick, Supplier<T> task, Result<T> result) {
        if (busy.add(brick)) {
            context.pipeToSelf(CompletableFuture.supplyAsync(task, blocking), result::of);
        }
    }
}
