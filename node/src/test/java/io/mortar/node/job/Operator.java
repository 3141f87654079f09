package io.mortar.node.job;

import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.FileWalk;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.core.namespace.Relocations;
import io.mortar.core.namespace.Usage;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Changes the volume, has things go wrong, and puts them right in the end. */
final class Operator {
    private static final int BRICKS_MAX = 8;

    private final SimulatedVolume volume;
    private final Clients clients;
    private final RandomGenerator random;
    private final int gapMillis;
    private boolean over;

    Operator(SimulatedVolume volume, Clients clients) {
        this.volume = volume;
        this.clients = clients;
        this.random = volume.random;
        this.gapMillis = 500 + random.nextInt(6_000);
    }

    void start() {
        volume.schedule.after(random.nextInt(gapMillis), () -> {
            if (!over) {
                act();
                start();
            }
        });
    }

    private void act() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> crashLeader();
            case 3, 4 -> takeDown();
            case 5 -> loseBrick();
            case 6 -> add();
            case 7, 8 -> remove();
            case 9 -> stay();
            case 10 -> replace();
            case 11 ->
                volume.reshape(1 + random.nextInt(Math.min(3, machines(null).size())));
            case 12 -> rebalance();
            case 13, 14 -> control();
            default -> damage();
        }
    }

    private void crashLeader() {
        if (volume.leader() != null) {
            volume.crashLeader();
            volume.schedule.after(random.nextInt(4_000), this::startLeader);
        }
    }

    private void startLeader() {
        if (volume.leader() == null) {
            volume.startLeader();
        }
    }

    private ModelBrick any() {
        List<ModelBrick> bricks = List.copyOf(volume.bricks.values());
        return bricks.get(random.nextInt(bricks.size()));
    }

    private void takeDown() {
        ModelBrick brick = any();
        brick.up = false;
        volume.schedule.after(random.nextInt(random.nextInt(3) == 0 ? 60_000 : 10_000), () -> brick.up = !brick.lost);
    }

    /** Only one at a time, and only if every file has other copies that nobody misses. */
    private void loseBrick() {
        ModelBrick brick = any();
        if (volume.bricks.values().stream().anyMatch(other -> other.lost)
                || Usage.of(volume.rows, SimulatedVolume.ID).reducedFileCount() > 0) {
            return;
        }
        List<Layout> layouts = new ArrayList<>();
        FileWalk.over(volume.rows, SimulatedVolume.ID, 0, Integer.MAX_VALUE, step -> {
            layouts.add(step.file().striping().layout());
            return true;
        });
        for (RelocationPlan plan : Relocations.underWay(volume.rows, SimulatedVolume.ID)) {
            layouts.add(plan.to().layout());
        }
        if (layouts.stream().allMatch(layout -> layout.replicaCount() > 1)) {
            clients.giveUpUploads();
            brick.lose();
        }
    }

    private void add() {
        if (volume.bricks.size() < BRICKS_MAX) {
            volume.addBrick("m" + random.nextInt(5));
        }
    }

    /** Machines that keep bricks when {@code leaving} goes. */
    private Set<String> machines(@Nullable ModelBrick leaving) {
        Set<String> machines = new HashSet<>();
        volume.bricks.values().stream()
                .filter(brick -> brick != leaving && !brick.leaving)
                .forEach(brick -> machines.add(brick.location.node().value()));
        return machines;
    }

    private void remove() {
        ModelBrick brick = any();
        if (!brick.leaving && machines(brick).size() >= volume.spec.replicaCount()) {
            volume.leave(brick, null);
        }
    }

    private void stay() {
        ModelBrick brick = any();
        if (brick.leaving && !brick.lost) {
            brick.leaving = false;
            brick.departure = 0;
            if (random.nextBoolean()) {
                volume.schedule.after(random.nextInt(3_000), () -> {
                    if (!brick.leaving && machines(brick).size() >= volume.spec.replicaCount()) {
                        volume.leave(brick, null);
                    }
                });
            }
        }
    }

    private void replace() {
        ModelBrick brick = any();
        if (!brick.leaving) {
            ModelBrick next =
                    volume.addBrick(random.nextBoolean() ? brick.location.node().value() : "m" + random.nextInt(5));
            if (machines(brick).size() >= volume.spec.replicaCount()) {
                volume.leave(brick, next.id);
            }
        }
    }

    private void rebalance() {
        if (volume.leader() != null) {
            volume.step(new JobCommand.Start(JobKind.REBALANCE, null, 0));
        }
    }

    private void control() {
        List<Jobs.Numbered> jobs = Jobs.all(volume.rows, SimulatedVolume.ID);
        if (volume.leader() != null && !jobs.isEmpty()) {
            JobAction[] actions = JobAction.values();
            volume.step(new JobCommand.Control(
                    jobs.get(random.nextInt(jobs.size())).id(),
                    actions[random.nextInt(actions.length)],
                    random.nextInt(3) == 0 ? 0 : SimulatedVolume.UNIT));
        }
    }

    /** A chunk of which there is another intact copy is damaged, and a reader tells. */
    private void damage() {
        if (volume.leader() == null
                || volume.bricks.values().stream().anyMatch(brick -> brick.lost)
                || Usage.of(volume.rows, SimulatedVolume.ID).reducedFileCount() > 0) {
            return;
        }
        List<FileWalk.Step> files = new ArrayList<>();
        FileWalk.over(volume.rows, SimulatedVolume.ID, 0, Integer.MAX_VALUE, files::add);
        if (files.isEmpty()) {
            return;
        }
        FileWalk.Step step = files.get(random.nextInt(files.size()));
        Striping striping = step.file().striping();
        int index = random.nextInt(striping.chunkCount(step.file().sizeBytes()));
        BrickId brick = striping.bricksOf(index).get(0);
        ModelBrick victim = volume.bricks.get(brick);
        Outcome outcome = volume.run(new Command.ReportDamage(step.version(), index, brick));
        if (victim != null && outcome instanceof Outcome.DamageNoted noted && noted.added()) {
            victim.rot(step.version(), index);
        }
    }

    /** Everything runs again, there is room on many machines, and what was lost is replaced. */
    void end() {
        over = true;
        clients.stop();
        startLeader();
        for (int i = 0; i < 4; i++) {
            volume.addBrick("n" + i, 10_000L * SimulatedVolume.UNIT);
        }
        for (ModelBrick brick : List.copyOf(volume.bricks.values())) {
            brick.up = !brick.lost;
            // What a full brick lacks cannot be healed.
            brick.sizeBytes += 10_000L * SimulatedVolume.UNIT;
            if (brick.lost && !brick.leaving) {
                volume.leave(brick, null);
            }
        }
        for (Jobs.Numbered job : Jobs.all(volume.rows, SimulatedVolume.ID)) {
            if (job.row().state() == JobState.PAUSED) {
                volume.step(new JobCommand.Control(job.id(), JobAction.RESUME, 0));
            }
            volume.step(new JobCommand.Control(job.id(), JobAction.LIMIT, 0));
        }
    }
}
