package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.path.VolumePath;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Commands over few names, so that they meet; uses versions and tags of earlier outcomes. */
final class RandomCommands {
    private static final List<String> NAMES = List.of("a", "b", "é", "日", "\ud83d\ude00");
    private static final int DEPTH_MAX = 4;

    private final RandomGenerator random;
    private final List<FileVersion> opened = new ArrayList<>();
    private final List<ETag> tags = new ArrayList<>();

    RandomCommands(RandomGenerator random) {
        this.random = random;
    }

    VolumePath path() {
        List<String> names = new ArrayList<>();
        int depth = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(DEPTH_MAX);
        for (int i = 0; i < depth; i++) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        return new VolumePath(names);
    }

    Command next() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Command.PutInline(path(), condition(), new byte[random.nextInt(10)]);
            case 2, 3 -> new Command.OpenWrite(path(), condition(), random.nextInt(3) == 0 ? 100_000 : -1);
            case 4, 5 ->
                new Command.CommitWrite(
                        version(), condition(), random.nextInt(5) * 40_000L, random.nextInt(), List.of());
            case 6 -> new Command.AbortWrite(version());
            case 7 -> new Command.Remove(path(), random.nextBoolean(), condition());
            case 8, 9 -> new Command.MakeDirectory(path(), random.nextBoolean());
            default -> new Command.Move(path(), path(), random.nextBoolean(), condition());
        };
    }

    /** Learns from an outcome. */
    void answered(Outcome outcome) {
        if (outcome instanceof Outcome.WriteOpened open) {
            opened.add(open.version());
        } else if (outcome instanceof Outcome.Written written) {
            tags.add(ETag.of(written.version()));
        }
    }

    private FileVersion version() {
        if (opened.isEmpty() || random.nextInt(20) == 0) {
            return new FileVersion(TestVolume.ID, random.nextInt(100), random.nextInt(100));
        }
        return opened.get(opened.size() - 1 - random.nextInt(Math.min(10, opened.size())));
    }

    private WriteCondition condition() {
        return switch (random.nextInt(12)) {
            case 0 -> new WriteCondition(true, false, List.of(), List.of(), -1);
            case 1, 2 -> new WriteCondition(false, true, List.of(), List.of(), -1);
            case 3 -> new WriteCondition(false, false, someTags(), List.of(), -1);
            case 4 -> new WriteCondition(false, false, List.of(), someTags(), -1);
            case 5 -> new WriteCondition(false, false, List.of(), List.of(), random.nextInt(2_000_000));
            default -> WriteCondition.NONE;
        };
    }

    private List<ETag> someTags() {
        return tags.subList(Math.max(0, tags.size() - 5), tags.size());
    }
}
