package io.mortar.node.job;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.Decision;
import io.mortar.core.namespace.Deletions;
import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.namespace.HealPlan;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.Leases;
import io.mortar.core.namespace.MissingCopies;
import io.mortar.core.namespace.MissingCopy;
import io.mortar.core.namespace.PartialDeletion;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.copying.CopyResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One leadership: the real {@link JobLoop}, and models of the purger and the healer. All that it remembers goes with it; what it has sent
 * to bricks does not.
 */
final class Leader implements JobLoop.Effects {
    private static final int ANSWER_MILLIS = 5_000;
    /** So few that walks and proofs take several turns, between which everything happens. */
    private static final int INODES_PER_TURN = 5;

    private static final Refusal SILENT = new Refusal(RefusalCode.BRICK_DOWN, "no answer");

    private final SimulatedVolume volume;
    private final Schedule schedule;
    private final int term;
    private final Map<List<Long>, Set<BrickId>> confirmed = new HashMap<>();
    private final Map<Long, DueDeletion> firstSeen = new HashMap<>();
    private final Map<FileVersion, Long> leases = new HashMap<>();
    private @Nullable JobLoop loop;

    Leader(SimulatedVolume volume, int term) {
        this.volume = volume;
        this.schedule = volume.schedule;
        this.term = term;
    }

    void start() {
        loop = new JobLoop(volume, this, INODES_PER_TURN);
        every(volume.settings().interval().toMillis(), () -> tell(JobLoop::tick));
        every(2_000, this::purge);
        every(2_500, this::heal);
        every(3_000, this::expire);
    }

    private void every(long millis, Runnable what) {
        schedule.after(volume.random.nextInt((int) millis), () -> {
            if (volume.isLeading(this)) {
                what.run();
                every(millis, what);
            }
        });
    }

    /** Later, and only if this still leads. */
    private void later(Runnable what) {
        schedule.message(() -> {
            if (volume.isLeading(this)) {
                what.run();
            }
        });
    }

    private void after(long millis, Runnable what) {
        schedule.after(millis, () -> {
            if (volume.isLeading(this)) {
                what.run();
            }
        });
    }

    private void tell(Consumer<JobLoop> what) {
        JobLoop current = loop;
        if (current != null) {
            what.accept(current);
        }
    }

    @Override
    public void step(JobCommand command) {
        if (volume.random.nextInt(100) < 8) {
            // Carried out late, perhaps after it was sent again, or never.
            if (volume.random.nextBoolean()) {
                later(() -> volume.step(command));
            }
            after(volume.settings().stepTimeout().toMillis(), () -> tell(l -> l.stepped(command, null)));
            return;
        }
        after(volume.random.nextInt(20), () -> {
            JobOutcome outcome = volume.step(command);
            after(volume.random.nextInt(20), () -> tell(l -> l.stepped(command, outcome)));
        });
    }

    @Override
    public void copy(RelocationPlan.Copy copy, long order) {
        boolean[] answered = new boolean[1];
        fetch(copy, order, result -> answer(copy, result, answered));
        if (volume.random.nextInt(100) < 5) {
            fetch(copy, order, result -> {});
        }
        if (volume.mutation == Mutation.FINISH_AFTER_ONE_CHUNK && copy.chunk().index() > 0) {
            answer(copy, new CopyResult.Copied(), answered);
        }
        after(ANSWER_MILLIS, () -> answer(copy, new CopyResult.BrickFailed(SILENT), answered));
    }

    private void answer(RelocationPlan.Copy copy, CopyResult result, boolean[] answered) {
        if (!answered[0]) {
            answered[0] = true;
            after(0, () -> tell(l -> l.copied(copy, result)));
        }
    }

    private void fetch(RelocationPlan.Copy copy, long order, Consumer<CopyResult> answer) {
        schedule.message(() -> {
            ModelBrick target = volume.bricks.get(copy.target());
            if (target == null || !target.up) {
                return;
            }
            if (!target.beginFetch(copy.chunk(), order)) {
                later(() -> answer.accept(new CopyResult.Overtaken()));
                return;
            }
            schedule.after(volume.random.nextInt(200), () -> {
                if (target.up && volume.bricks.containsKey(target.id)) {
                    CopyResult result =
                            result(volume.copy(copy.chunk(), copy.sizeBytes(), target, copy.sources(), order));
                    later(() -> answer.accept(result));
                }
            });
        });
    }

    private static CopyResult result(ModelBrick.@Nullable Stored stored) {
        if (stored == null) {
            return new CopyResult.NotToBeHad(SILENT);
        }
        return switch (stored) {
            case STORED -> new CopyResult.Copied();
            case REFUSED -> new CopyResult.Overtaken();
            case FULL -> new CopyResult.BrickFailed(new Refusal(RefusalCode.NO_SPACE, "full"));
        };
    }

    @Override
    public void wakeAfter(long nanos) {
        after(Math.max(1, nanos / 1_000_000), () -> tell(JobLoop::pump));
    }

    @Override
    public void begun(long job, JobKind kind, JobCounts counts) {
        // Nobody reads the log.
    }

    @Override
    public long nanoTime() {
        return schedule.nowMillis() * 1_000_000;
    }

    private void purge() {
        Decision detached = Deletions.purgeDetached(volume.context(), volume.rows, 3);
        volume.apply(detached);
        for (DueDeletion found : Deletions.due(volume.context(), volume.rows, 50)) {
            DueDeletion due = volume.mutation == Mutation.DROP_WHAT_WAS_GIVEN_UP_ONCE
                    ? firstSeen.computeIfAbsent(found.sequence(), s -> found)
                    : found;
            if (missing(due).isEmpty()) {
                complete(due);
            }
            missing(due).forEach(brick -> schedule.message(() -> carryOut(due, brick)));
        }
    }

    private List<BrickId> missing(DueDeletion due) {
        Set<BrickId> done = confirmed.getOrDefault(key(due), Set.of());
        return due.bricks().stream()
                .filter(brick -> volume.bricks.containsKey(brick) && !done.contains(brick))
                .toList();
    }

    private static List<Long> key(DueDeletion due) {
        Layout kept = due.kept();
        return List.of(due.sequence(), kept == null ? 0 : kept.id());
    }

    private void carryOut(DueDeletion due, BrickId id) {
        ModelBrick brick = volume.bricks.get(id);
        if (brick == null || !brick.up) {
            return;
        }
        Layout kept = due.kept();
        if (kept == null) {
            brick.delete(due.version());
        } else {
            long order = volume.mutation == Mutation.DROP_WITH_THE_ORDER_OF_THE_QUEUE ? due.sequence() : due.order();
            brick.drop(due.version(), order, due.seed(), kept.width(), due.keptColumns(id));
        }
        later(() -> {
            confirmed.computeIfAbsent(key(due), s -> new HashSet<>()).add(id);
            if (missing(due).isEmpty()) {
                complete(due);
            } else if (volume.random.nextBoolean()) {
                volume.apply(
                        Deletions.partly(volume.context(), volume.rows, List.of(new PartialDeletion(due, Set.of(id)))));
            }
        });
    }

    private void complete(DueDeletion due) {
        confirmed.remove(key(due));
        later(() -> volume.apply(Deletions.done(volume.context(), volume.rows, List.of(due))));
    }

    private void heal() {
        for (ModelBrick brick : List.copyOf(volume.bricks.values())) {
            if (brick.up) {
                MissingCopies.of(volume.rows, SimulatedVolume.ID, brick.id, 0, 4)
                        .forEach(this::heal);
            }
        }
    }

    private void heal(MissingCopy copy) {
        HealPlan plan = MissingCopies.plan(volume.rows, copy);
        if (plan != null) {
            heal(plan, plan.next(-1));
        }
    }

    private void heal(HealPlan plan, OptionalInt index) {
        if (index.isEmpty()) {
            later(() -> volume.apply(MissingCopies.healed(volume.context(), volume.rows, plan.copy())));
            return;
        }
        int i = index.getAsInt();
        schedule.message(() -> {
            ModelBrick brick = volume.bricks.get(plan.copy().brick());
            if (brick != null
                    && brick.up
                    && volume.copy(plan.chunk(i), plan.chunkSizeBytes(i), brick, plan.sources(i), 0)
                            == ModelBrick.Stored.STORED) {
                later(() -> heal(plan, plan.next(i)));
            }
        });
    }

    /** Every lease gets a full term from the first time that this leader sees it. */
    private void expire() {
        for (FileVersion version : Leases.open(volume.rows, SimulatedVolume.ID)) {
            long since = leases.computeIfAbsent(version, v -> schedule.nowMillis());
            if (schedule.nowMillis() - since > SimulatedVolume.LEASE_MILLIS) {
                volume.apply(Leases.expire(volume.context(), volume.rows, version));
            }
        }
    }

    @Override
    public String toString() {
        return "leader " + term;
    }
}
