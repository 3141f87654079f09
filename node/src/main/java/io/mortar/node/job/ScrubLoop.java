package io.mortar.node.job;

import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Findings;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import io.mortar.node.copying.Pace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Verifies all chunks of a volume, without its actor: first file after file on the bricks that should have them, then brick after brick
 * what they have that nothing names. What another copy can mend is handed to the healer by a row; what none can is a failed item of the
 * job, by the name of the file. For one thread.
 */
final class ScrubLoop implements JobActor.Loop {
    /** Of {@link JobPosition}: looks for contents that nothing names; its index is that of the brick. */
    static final int ORPHANS = 2;

    private static final int PAGE = 1000;

    private final JobVolume volume;
    private final ScrubSettings settings;
    private final Effects effects;
    private final Pace pace;
    private final RateMeter meter;
    private final Map<Long, ScrubVisit> visits = new LinkedHashMap<>();
    private final Map<JobCommand.NoteDamage, JobFindings> noted = new HashMap<>();
    private @Nullable ScrubRun run;
    private boolean running;
    private boolean checkpointing;
    private boolean wishing;
    private boolean listing;
    private int requestCount;
    private int orphanCount;
    private String cursor = "";

    /** What it has others do. */
    interface Effects extends JobActor.Effects {
        /** {@link #verified} is to be called with the answer. */
        void verify(ScrubVisit.Request request);

        /** {@link #listed} is to be called with the answer. */
        void list(BrickId brick, String cursor, int limit);
    }

    ScrubLoop(JobVolume volume, ScrubSettings settings, Effects effects) {
        this.volume = volume;
        this.settings = settings;
        this.effects = effects;
        this.pace = new Pace(settings.bytesPerSecond());
        this.meter = new RateMeter(effects.nanoTime());
    }

    @Override
    public JobReport report() {
        ScrubRun current = run;
        return current == null
                ? JobReport.NONE
                : new JobReport(current.id(), current.counts(), meter.perSecond(effects.nanoTime()));
    }

    @Override
    public void tick() {
        VolumeContext context = volume.context();
        List<Jobs.Numbered> jobs = volume.read(rows -> Jobs.all(rows, context.volume()));
        Optional<Jobs.Numbered> wanted = jobs.stream()
                .filter(job -> job.row().kind() == JobKind.SCRUB && job.row().state() == JobState.RUNNING)
                .findFirst();
        ScrubRun current = run;
        running = current != null && wanted.isPresent() && wanted.get().id() == current.id();
        if (current != null && !running && isQuiet()) {
            // Files that were begun are behind the position of the last checkpoint: whoever goes on finds them again.
            visits.clear();
            run = null;
        }
        if (run == null && wanted.isPresent() && !checkpointing) {
            ScrubRun next = new ScrubRun(wanted.get().id(), wanted.get().row());
            volume.read(rows -> {
                next.measure(rows, context);
                return true;
            });
            run = next;
            running = true;
            cursor = "";
        }
        wanted.ifPresent(job -> pace.limitTo(job.row().rateOr(settings.bytesPerSecond())));
        if (!wishing && isDue(jobs, context)) {
            wish(new JobCommand.Start(JobKind.SCRUB, null, 0));
        }
        checkpoint();
        pump();
    }

    /** Whether the last scrub ended long enough ago, or the volume was made so long ago, and none is under way. */
    private boolean isDue(List<Jobs.Numbered> jobs, VolumeContext context) {
        if (settings.interval().isZero()) {
            return false;
        }
        List<Jobs.Numbered> scrubs =
                jobs.stream().filter(job -> job.row().kind() == JobKind.SCRUB).toList();
        if (scrubs.stream().anyMatch(job -> !job.row().state().hasEnded())) {
            return false;
        }
        long lastMillis = scrubs.stream()
                .map(job -> job.row().endedMillis())
                .max(Comparator.naturalOrder())
                .orElseGet(() -> volume.read(rows -> Jobs.volumeCreatedMillis(rows, context.volume())));
        return lastMillis > 0
                && context.nowMillis() - lastMillis >= settings.interval().toMillis();
    }

    private void wish(JobCommand command) {
        wishing = true;
        effects.step(command);
    }

    private boolean isQuiet() {
        return requestCount == 0 && noted.isEmpty() && orphanCount == 0 && !listing && !checkpointing;
    }

    @Override
    public void pump() {
        ScrubRun current = run;
        if (current == null || !running) {
            return;
        }
        if (current.phase() == ORPHANS) {
            lookForOrphans(current);
        } else {
            verifyFiles(current);
        }
    }

    private void verifyFiles(ScrubRun current) {
        while (requestCount < settings.requestsInFlight()) {
            long waitNanos = pace.waitNanos(effects.nanoTime());
            if (waitNanos > 0) {
                effects.wakeAfter(waitNanos);
                return;
            }
            ScrubVisit.Request request = nextRequest(current);
            if (request == null) {
                break;
            }
            requestCount++;
            pace.spend(request.bytes(), effects.nanoTime());
            effects.verify(request);
        }
        if (visits.isEmpty() && current.isScanned()) {
            filesEnded(current);
        }
    }

    private ScrubVisit.@Nullable Request nextRequest(ScrubRun current) {
        for (ScrubVisit visit : visits.values()) {
            ScrubVisit.Request request = visit.poll();
            if (request != null) {
                return request;
            }
        }
        while (visits.size() < settings.requestsInFlight() && !current.isScanned()) {
            VolumeContext context = volume.context();
            ScrubVisit visit = volume.read(rows -> current.next(rows, context.volume()));
            ScrubVisit.Request request = visit == null ? null : visit.poll();
            if (visit != null && request != null) {
                visits.put(visit.inode(), visit);
                return request;
            }
            if (visit != null) {
                current.ended(visit.inode(), "");
            }
        }
        return null;
    }

    /** The failed items of a scrub that is tried again have been looked at, or all files. */
    private void filesEnded(ScrubRun current) {
        if (current.phase() == JobPosition.WALK) {
            current.enter(ORPHANS);
            cursor = "";
        } else {
            end(current);
        }
    }

    private void end(ScrubRun current) {
        if (checkpointing || current.isChanged() || wishing) {
            return;
        }
        long failed =
                volume.read(rows -> current.failedCount(rows, volume.context().volume()));
        String error = current.lastError();
        wish(new JobCommand.End(current.id(), failed > 0 || !error.isEmpty() ? JobState.FAILED : JobState.DONE, error));
    }

    /** @param answer null when the brick did not answer */
    void verified(ScrubVisit.Request request, @Nullable Verified answer) {
        requestCount--;
        ScrubRun current = run;
        ScrubVisit visit = visits.get(request.version().inode());
        if (current == null || visit == null) {
            return;
        }
        if (answer == null) {
            current.unreachable(request.brick());
            answered(current, visit, null);
        } else {
            current.verified(answer.bytes());
            meter.add(answer.bytes());
            if (answer.missing().isEmpty() && answer.corrupt().isEmpty()) {
                answered(current, visit, null);
            } else {
                note(request, answer);
            }
        }
        pump();
    }

    /** What a brick found: indexes of chunks, and how many bytes were right. */
    record Verified(List<Integer> missing, List<Integer> corrupt, long bytes) {}

    /** What is known to be missing is not found, and the healer is at it. */
    private void note(ScrubVisit.Request request, Verified answer) {
        Set<Integer> bad = new TreeSet<>(answer.missing());
        bad.addAll(answer.corrupt());
        JobCommand.NoteDamage command =
                new JobCommand.NoteDamage(request.version(), request.layout(), request.brick(), List.copyOf(bad));
        noted.put(
                command,
                new JobFindings(answer.corrupt().size(), answer.missing().size(), 0, 0));
        effects.step(command);
    }

    private void answered(ScrubRun current, ScrubVisit visit, @Nullable String problem) {
        visit.answered(problem);
        if (visit.isThrough()) {
            visits.remove(visit.inode());
            current.ended(visit.inode(), visit.problems());
        }
    }

    private void lookForOrphans(ScrubRun current) {
        if (listing || orphanCount > 0) {
            return;
        }
        List<BrickState> bricks = volume.context().bricks();
        if (current.brickIndex() >= bricks.size()) {
            end(current);
            return;
        }
        BrickState brick = bricks.get(current.brickIndex());
        if (brick.serving()) {
            listing = true;
            effects.list(brick.id(), cursor, PAGE);
        } else {
            current.unreachable(brick.id());
            nextBrick(current);
        }
    }

    private void nextBrick(ScrubRun current) {
        cursor = "";
        current.nextBrick();
        effects.wakeAfter(0);
    }

    /**
     * @param versions null when the brick did not answer
     * @param next empty after the last page
     */
    void listed(BrickId brick, @Nullable List<FileVersion> versions, String next) {
        listing = false;
        ScrubRun current = run;
        if (current == null) {
            return;
        }
        if (versions == null) {
            current.unreachable(brick);
            nextBrick(current);
            return;
        }
        List<FileVersion> orphans = volume.read(rows -> Findings.orphans(rows, versions, brick));
        orphans.forEach(orphan -> {
            orphanCount++;
            effects.step(new JobCommand.DropOrphan(orphan, brick));
        });
        if (next.isEmpty()) {
            nextBrick(current);
        } else {
            cursor = next;
            pump();
        }
    }

    private void checkpoint() {
        ScrubRun current = run;
        if (current != null && !checkpointing) {
            JobCommand.Checkpoint checkpoint = current.checkpoint(visits.keySet());
            if (checkpoint != null) {
                checkpointing = true;
                effects.step(checkpoint);
            }
        }
    }

    /** @param outcome null when no answer came in time; what is not decided anew by itself is tried again then */
    @Override
    public void stepped(JobCommand command, @Nullable JobOutcome outcome) {
        if (command instanceof JobCommand.Start || command instanceof JobCommand.End) {
            wishing = false;
            return;
        }
        if (outcome == null) {
            effects.step(command);
            return;
        }
        if (command instanceof JobCommand.Checkpoint) {
            checkpointing = false;
            return;
        }
        if (outcome instanceof JobOutcome.Noted answer) {
            onNoted(command, answer);
        }
        pump();
    }

    private void onNoted(JobCommand command, JobOutcome.Noted answer) {
        ScrubRun current = run;
        if (command instanceof JobCommand.DropOrphan) {
            orphanCount--;
            if (current != null) {
                current.found(new JobFindings(0, 0, 0, answer.count()));
            }
        } else if (command instanceof JobCommand.NoteDamage damage) {
            ScrubVisit visit = visits.get(damage.version().inode());
            JobFindings found = noted.remove(damage);
            if (current != null && visit != null) {
                boolean isReal = answer.count() + answer.hopeless() > 0;
                if (isReal && found != null) {
                    current.found(found.plus(new JobFindings(0, 0, answer.count(), 0)));
                }
                answered(
                        current,
                        visit,
                        answer.hopeless() == 0
                                ? null
                                : "chunks " + damage.indexes() + " on brick "
                                        + volume.context().nameOf(damage.brick())
                                        + " are damaged or missing, and there is no other copy");
            }
        }
    }
}
