package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.JobPace;
import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A volume in memory: every decision is applied at once. Words of the tests, not of the product. */
final class TestVolume {
    static final VolumeId ID = new VolumeId(7);
    static final long PURGE_DELAY_MILLIS = 60_000;
    static final long LEASE_MILLIS = 30_000;

    final MemoryRows rows = new MemoryRows();
    List<BrickState> bricks = new ArrayList<>(List.of(brick(1), brick(2), brick(3)));
    VolumeSpec spec = new VolumeSpec(3, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
    long nowMillis = 1_000_000;
    long seed = 42;
    int copiesMin = 2;
    long jobReserveBytes;

    static BrickState brick(int number) {
        return brick(number, "bt" + number, true, 1L << 40);
    }

    static BrickState brick(int number, String node, boolean accepting, long freeBytes) {
        return new BrickState(
                new BrickId(new UUID(0, number)),
                new BrickLocation(new NodeName(node), "/srv/brick" + number),
                accepting,
                freeBytes);
    }

    /** The same brick as it is being taken out of the volume. */
    static BrickState leaving(BrickState brick) {
        return new BrickState(
                brick.id(), brick.location(), false, brick.freeBytes(), brick.serving(), brick.usedBytes(), true, null);
    }

    static VolumePath path(String text) {
        return VolumePath.parse(text);
    }

    VolumeContext context() {
        return new VolumeContext(
                ID,
                spec,
                bricks,
                Math.min(copiesMin, spec.replicaCount()),
                nowMillis,
                LEASE_MILLIS,
                PURGE_DELAY_MILLIS,
                jobReserveBytes,
                JobPace.UNKNOWN,
                seed);
    }

    Outcome run(Command command) {
        return apply(NamespaceRules.decide(context(), rows, command));
    }

    Outcome apply(Decision decision) {
        if (decision.outcome() instanceof Outcome.Refused) {
            assertThat(decision.changes()).isEmpty();
        }
        rows.apply(decision.changes());
        assertThat(rows.openCursors).isZero();
        return decision.outcome();
    }

    /** A step of background work. */
    JobOutcome step(JobCommand command) {
        JobDecision decision = JobRules.decide(context(), rows, command);
        rows.apply(decision.changes());
        assertThat(rows.openCursors).isZero();
        return decision.outcome();
    }

    Outcome ask(Query query) {
        return NamespaceRules.answer(context(), rows, query);
    }

    Outcome put(String path, String content) {
        return put(path, content, WriteCondition.NONE);
    }

    Outcome put(String path, String content, WriteCondition condition) {
        return run(new Command.PutInline(path(path), condition, content.getBytes(StandardCharsets.UTF_8)));
    }

    Outcome.WriteOpened open(String path) {
        return (Outcome.WriteOpened) run(new Command.OpenWrite(path(path), WriteCondition.NONE, -1));
    }

    Outcome commit(FileVersion version, long sizeBytes) {
        return run(new Command.CommitWrite(version, WriteCondition.NONE, sizeBytes, 99, List.of()));
    }

    /** Writes a file with chunks. */
    FileVersion putLarge(String path, long sizeBytes) {
        FileVersion version = open(path).version();
        assertThat(commit(version, sizeBytes)).isInstanceOf(Outcome.Written.class);
        return version;
    }

    Outcome makeDirectory(String path) {
        return run(new Command.MakeDirectory(path(path), false));
    }

    Outcome makeDirectories(String path) {
        return run(new Command.MakeDirectory(path(path), true));
    }

    Outcome remove(String path) {
        return run(new Command.Remove(path(path), false, WriteCondition.NONE));
    }

    Outcome removeAll(String path) {
        return run(new Command.Remove(path(path), true, WriteCondition.NONE));
    }

    Outcome move(String from, String to) {
        return run(new Command.Move(path(from), path(to), false, WriteCondition.NONE));
    }

    Outcome moveOver(String from, String to) {
        return run(new Command.Move(path(from), path(to), true, WriteCondition.NONE));
    }

    Outcome lookup(String path) {
        return ask(new Query.Lookup(path(path)));
    }

    FileView file(String path) {
        return ((Outcome.FileFound) lookup(path)).file();
    }

    String content(String path) {
        return new String(file(path).inline(), StandardCharsets.UTF_8);
    }

    List<String> names(String path) {
        return ((Outcome.Listing) ask(new Query.ListDirectory(path(path), "", 1000)))
                .entries().stream().map(Outcome.Entry::name).toList();
    }

    Usage usage() {
        return Usage.of(rows, ID);
    }

    List<DueDeletion> due() {
        return Deletions.due(context(), rows, Integer.MAX_VALUE);
    }

    List<FileVersion> dueVersions() {
        return due().stream().map(DueDeletion::version).toList();
    }

    /** Takes all detached directories apart; returns the steps that took. */
    int purge(int limit) {
        for (int step = 0; ; step++) {
            Decision decision = Deletions.purgeDetached(context(), rows, limit);
            apply(decision);
            if (decision.changes().isEmpty()) {
                return step;
            }
        }
    }

    static void assertRefused(Outcome outcome, RefusalCode code, String... textParts) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Refusal refusal = ((Outcome.Refused) outcome).refusal();
        assertThat(refusal.code()).as(refusal.text()).isEqualTo(code);
        for (String part : textParts) {
            assertThat(refusal.text()).contains(part);
        }
    }
}
