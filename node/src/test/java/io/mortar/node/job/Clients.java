package io.mortar.node.job;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes, replaces, renames and removes files, and knows what there must be. */
final class Clients {
    /** Path to what was acknowledged. */
    final Map<String, Content> contents = new HashMap<>();

    private final SimulatedVolume volume;
    private final RandomGenerator random;
    private final Set<FileVersion> given = new HashSet<>();
    private boolean open = true;

    /** What is at a path. */
    record Content(FileVersion version, long sizeBytes) {}

    /** Of a chunk, on a brick that confirmed it. */
    private record Copy(ChunkId chunk, BrickId brick) {}

    Clients(SimulatedVolume volume) {
        this.volume = volume;
        this.random = volume.random;
    }

    void start() {
        volume.schedule.after(random.nextInt(1_500), () -> {
            if (open) {
                if (volume.leader() != null) {
                    act();
                }
                start();
            }
        });
    }

    void stop() {
        open = false;
    }

    /** None of the uploads that are under way is ever committed. */
    void giveUpUploads() {
        given.clear();
    }

    private String path() {
        return (random.nextInt(3) == 0 ? "/d/f" : "/f") + random.nextInt(6);
    }

    private void act() {
        int roll = random.nextInt(20);
        if (roll < 12) {
            upload(path());
        } else if (roll < 15) {
            remove(path());
        } else if (roll < 18) {
            move(path(), path());
        } else if (roll < 19) {
            put(path());
        } else if (random.nextInt(4) == 0) {
            Outcome outcome = volume.run(new Command.Remove(VolumePath.parse("/d"), true, WriteCondition.NONE));
            if (outcome instanceof Outcome.Removed) {
                contents.keySet().removeIf(path -> path.startsWith("/d/"));
            }
        }
    }

    private void remove(String path) {
        Outcome outcome = volume.run(new Command.Remove(VolumePath.parse(path), false, WriteCondition.NONE));
        if (outcome instanceof Outcome.Removed) {
            contents.remove(path);
        }
    }

    private void move(String from, String to) {
        if (from.startsWith("/d/") != to.startsWith("/d/") && !contents.containsKey("/d/x")) {
            return;
        }
        Outcome outcome =
                volume.run(new Command.Move(VolumePath.parse(from), VolumePath.parse(to), true, WriteCondition.NONE));
        if (outcome instanceof Outcome.Moved && !from.equals(to)) {
            contents.put(to, Objects.requireNonNull(contents.remove(from)));
        }
    }

    private void put(String path) {
        Outcome outcome = volume.run(new Command.PutInline(VolumePath.parse(path), WriteCondition.NONE, new byte[9]));
        if (outcome instanceof Outcome.Written written) {
            contents.put(path, new Content(written.version(), 9));
        }
    }

    private void upload(String path) {
        long size = 1L + random.nextInt(5 * SimulatedVolume.UNIT);
        Outcome outcome = volume.run(
                new Command.OpenWrite(VolumePath.parse(path), WriteCondition.NONE, random.nextInt(4) == 0 ? -1 : size));
        if (!(outcome instanceof Outcome.WriteOpened opened)) {
            return;
        }
        FileVersion version = opened.version();
        given.add(version);
        Striping striping = opened.striping();
        Set<Copy> stored = new HashSet<>();
        for (int index = 0; index < striping.chunkCount(size); index++) {
            ChunkId chunk = new ChunkId(version, index, 0);
            int bytes = striping.chunkSizeBytes(index, size);
            for (BrickId brick : striping.bricksOf(index)) {
                volume.schedule.message(() -> {
                    ModelBrick target = volume.bricks.get(brick);
                    if (target != null && target.up && target.store(chunk, bytes, 0) == ModelBrick.Stored.STORED) {
                        stored.add(new Copy(chunk, brick));
                    }
                });
            }
        }
        int roll = random.nextInt(10);
        if (roll > 0) {
            volume.schedule.after(
                    roll == 1 ? 15_000 : 1_000 + random.nextInt(1_000),
                    () -> commit(path, version, striping, size, stored));
        }
    }

    private void commit(String path, FileVersion version, Striping striping, long size, Set<Copy> stored) {
        if (volume.leader() == null || !given.remove(version)) {
            return;
        }
        Set<BrickId> missing = new HashSet<>();
        for (int index = 0; index < striping.chunkCount(size); index++) {
            ChunkId chunk = new ChunkId(version, index, 0);
            striping.bricksOf(index).stream()
                    .filter(brick -> !stored.contains(new Copy(chunk, brick)))
                    .forEach(missing::add);
        }
        Outcome outcome =
                volume.run(new Command.CommitWrite(version, WriteCondition.NONE, size, 0, new ArrayList<>(missing)));
        if (outcome instanceof Outcome.Written) {
            contents.put(path, new Content(version, size));
        } else if (random.nextBoolean()) {
            volume.run(new Command.AbortWrite(version));
        }
    }
}
