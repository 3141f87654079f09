package io.mortar.node.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileWalk;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.NamespaceRules;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.RowCursor;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** What must be true of a simulated volume, always or in the end. */
final class Checks {
    private Checks() {}

    /** After every step. */
    static void always(SimulatedVolume volume, Clients clients) {
        Map<Long, Set<BrickId>> lacking = lacking(volume.rows);
        Map<Long, FileWalk.Step> files = files(volume.rows);
        for (FileWalk.Step step : files.values()) {
            complete(volume, step, lacking.getOrDefault(step.version().inode(), Set.of()));
        }
        counters(volume, files, lacking);
        for (ModelBrick brick : volume.bricks.values()) {
            if (brick.usedBytes() > brick.sizeBytes) {
                throw new AssertionError(brick.location + " has more than fits on it");
            }
        }
        clients.contents.forEach((path, content) -> visible(volume, path, content));
    }

    private static void complete(SimulatedVolume volume, FileWalk.Step step, Set<BrickId> lacking) {
        Striping striping = step.file().striping();
        Layout layout = striping.layout();
        for (int column = 0; column < layout.width(); column++) {
            Set<NodeName> machines = new HashSet<>();
            for (BrickId brick : layout.column(column)) {
                if (!machines.add(Objects.requireNonNull(volume.machines.get(brick)))) {
                    throw new AssertionError(step.version() + " has two copies on one machine: " + layout);
                }
            }
        }
        for (int index = 0; index < striping.chunkCount(step.file().sizeBytes()); index++) {
            boolean isThere = false;
            for (BrickId id : striping.bricksOf(index)) {
                ModelBrick brick = volume.bricks.get(id);
                boolean has = brick != null && brick.has(step.version(), index);
                isThere |= has && !lacking.contains(id);
            }
            if (!isThere && !isPartlyThere(volume, step, index)) {
                throw new AssertionError("chunk " + index + " of " + step + " is nowhere; lacking: " + lacking);
            }
        }
    }

    /** Of a brick that lacks some chunks of a file, others are good. */
    private static boolean isPartlyThere(SimulatedVolume volume, FileWalk.Step step, int index) {
        for (BrickId id : step.file().striping().bricksOf(index)) {
            ModelBrick brick = volume.bricks.get(id);
            if (brick != null && brick.has(step.version(), index)) {
                byte[] row = volume.rows.get(
                        RowKeys.missing(SimulatedVolume.ID, id, step.version().inode()));
                List<Integer> chunks =
                        row == null ? List.of() : MissingRow.decode(row).chunks();
                if (row == null || (!chunks.isEmpty() && !chunks.contains(index))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void counters(
            SimulatedVolume volume, Map<Long, FileWalk.Step> files, Map<Long, Set<BrickId>> lacking) {
        byte[] row = volume.rows.get(RowKeys.counters(SimulatedVolume.ID));
        if (row == null) {
            return;
        }
        CountersRow counters = CountersRow.decode(row);
        long[] recount = new long[2];
        scan(volume.rows, Table.INODE, (key, value) -> {
            if (InodeRow.decode(value) instanceof FileInode file) {
                recount[0]++;
                recount[1] += file.sizeBytes();
            }
        });
        equal(counters.fileCount(), recount[0], "files");
        equal(counters.storedBytes(), recount[1], "bytes");
        equal(counters.reducedFileCount(), lacking.size(), "files that lack copies");
        equal(counters.leaseCount(), count(volume.rows, Table.LEASE), "leases");
        lacking.forEach((inode, bricks) -> {
            FileWalk.Step step = files.get(inode);
            if (step == null || !step.file().striping().layout().bricks().containsAll(bricks)) {
                throw new AssertionError("bricks " + bricks + " are said to lack chunks of inode " + inode
                        + ", which is not on them: " + step);
            }
        });
        for (Jobs.Numbered job : Jobs.all(volume.rows, SimulatedVolume.ID)) {
            int failed = Jobs.failures(volume.rows, SimulatedVolume.ID, job.id(), 0, 1000)
                    .size();
            equal(job.row().counts().failed(), failed, "failed items of job " + job.id());
        }
    }

    private static void equal(long counted, long recounted, String what) {
        if (counted != recounted) {
            throw new AssertionError(counted + " " + what + " are counted, there are " + recounted);
        }
    }

    private static void visible(SimulatedVolume volume, String path, Clients.Content content) {
        Outcome outcome =
                NamespaceRules.answer(volume.context(), volume.rows, new Query.Lookup(VolumePath.parse(path)));
        if (!(outcome instanceof Outcome.FileFound found)
                || !found.file().version().equals(content.version())
                || found.file().sizeBytes() != content.sizeBytes()) {
            throw new AssertionError(path + " should be " + content + ", is " + outcome);
        }
    }

    /** A brick that is about to go. One that did not answer when that was decided may have what is to be deleted: it is erased. */
    static void vacant(SimulatedVolume volume, ModelBrick brick, boolean served) {
        for (FileWalk.Step step : files(volume.rows).values()) {
            if (step.file().striping().layout().bricks().contains(brick.id)) {
                throw new AssertionError(step + " is on " + brick.location + ", which goes");
            }
        }
        if (served && !brick.chunks().isEmpty()) {
            throw new AssertionError(brick.location + " goes with " + brick.chunks());
        }
    }

    /** Whether nothing is left to do. */
    static List<String> unfinished(SimulatedVolume volume) {
        List<String> left = new ArrayList<>();
        for (Jobs.Numbered job : Jobs.all(volume.rows, SimulatedVolume.ID)) {
            if (!job.row().kind().isStanding() && !job.row().state().hasEnded()) {
                left.add("job " + job);
            }
        }
        for (Table table : List.of(Table.RELOCATION, Table.DELETION, Table.LEASE, Table.MISSING, Table.DETACHED)) {
            int count = count(volume.rows, table);
            if (count > 0) {
                left.add(count + " rows " + table);
            }
        }
        volume.bricks.values().stream()
                .filter(brick -> brick.leaving)
                .forEach(brick -> left.add(brick.location + " is leaving"));
        return left;
    }

    /** When nothing is left to do: what is on bricks is what layouts say, and files are as they should be. */
    static void inTheEnd(SimulatedVolume volume, Clients clients, boolean reshaped) {
        Map<BrickId, Set<String>> expected = new HashMap<>();
        Map<Long, FileWalk.Step> files = files(volume.rows);
        for (FileWalk.Step step : files.values()) {
            Striping striping = step.file().striping();
            if (reshaped) {
                assertThat(striping.layout().replicaCount())
                        .as("copies of %s", step)
                        .isEqualTo(volume.spec.replicaCount());
            }
            for (int index = 0; index < striping.chunkCount(step.file().sizeBytes()); index++) {
                for (BrickId brick : striping.bricksOf(index)) {
                    expected.computeIfAbsent(brick, b -> new TreeSet<>()).add(step.version() + "/" + index);
                }
            }
        }
        for (ModelBrick brick : volume.bricks.values()) {
            Set<String> there = new TreeSet<>();
            brick.chunks().forEach((version, chunks) -> chunks.keySet().forEach(i -> there.add(version + "/" + i)));
            assertThat(there).as("chunks on %s", brick.location).isEqualTo(expected.getOrDefault(brick.id, Set.of()));
        }
        Set<FileVersion> known = new HashSet<>();
        clients.contents.values().forEach(content -> known.add(content.version()));
        files.values().forEach(step -> assertThat(known).contains(step.version()));
    }

    private static Map<Long, FileWalk.Step> files(Rows rows) {
        Map<Long, FileWalk.Step> files = new HashMap<>();
        FileWalk.over(rows, SimulatedVolume.ID, 0, Integer.MAX_VALUE, step -> {
            files.put(step.version().inode(), step);
            return true;
        });
        return files;
    }

    private static Map<Long, Set<BrickId>> lacking(Rows rows) {
        Map<Long, Set<BrickId>> lacking = new HashMap<>();
        scan(
                rows,
                Table.MISSING,
                (key, value) -> lacking.computeIfAbsent(RowKeys.missingInodeOf(key), inode -> new HashSet<>())
                        .add(RowKeys.missingBrickOf(key)));
        return lacking;
    }

    /** What forgets all relocations. */
    static List<List<RowChange>> relocations(Rows rows) {
        List<List<RowChange>> changes = new ArrayList<>();
        scan(rows, Table.RELOCATION, (key, value) -> changes.add(List.of(new RowChange(key, null))));
        return changes;
    }

    private static int count(Rows rows, Table table) {
        int[] count = new int[1];
        scan(rows, table, (key, value) -> count[0]++);
        return count[0];
    }

    private static void scan(Rows rows, Table table, BiConsumer<byte[], byte[]> visit) {
        try (RowCursor cursor =
                rows.scan(RowKeys.first(table, SimulatedVolume.ID), RowKeys.end(table, SimulatedVolume.ID))) {
            while (cursor.next()) {
                visit.accept(cursor.key(), cursor.value());
            }
        }
    }
}
