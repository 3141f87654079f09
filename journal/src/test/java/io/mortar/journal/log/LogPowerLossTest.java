package io.mortar.journal.log;

import static io.mortar.journal.log.LogFixture.A;
import static io.mortar.journal.log.LogFixture.ALONE;
import static io.mortar.journal.log.LogFixture.B;
import static io.mortar.journal.log.LogFixture.IDENTITY;
import static io.mortar.journal.log.LogFixture.PAIR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.WalFile;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.testkit.DirectoryCopy;
import io.mortar.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs on real LevelDB whose machine lost power: what was not synced is cut off, and also what was. */
class LogPowerLossTest {
    @TempDir
    Path directory;

    private int copies;

    /** What a log holds. */
    private record Content(SnapshotPoint start, HardState hardState, List<Entry> entries) {
        static Content of(RaftLogStore log) {
            return new Content(log.start(), log.hardState(), LogFixture.entries(log));
        }
    }

    /** Makes a log by some writes, each one record; what it holds after each. The first record makes the log. */
    private List<Content> write(Path path, KvEngine engine, long seed) {
        RandomGenerator random = Seeds.random(seed);
        List<Content> contents = new ArrayList<>();
        try (RaftLogStore log = RaftLogStore.create(
                path, IDENTITY, HardState.INITIAL, SnapshotPoint.origin(ALONE), LogFixture.options(engine))) {
            contents.add(Content.of(log));
            while (contents.size() < 30) {
                change(log, random);
                contents.add(Content.of(log));
            }
        }
        return contents;
    }

    private static void change(RaftLogStore log, RandomGenerator random) {
        int choice = random.nextInt(10);
        long term = log.hardState().term();
        long length = log.lastIndex() - log.start().index();
        if (choice == 0 || term == 0) {
            log.append(new HardState(term + 1, random.nextBoolean() ? A : B), List.of());
        } else if (choice == 1 && length > 5) {
            log.compactTo(log.start().index() + 1 + random.nextLong(length / 2));
        } else if (choice == 2 && random.nextInt(3) == 0) {
            log.reset(new SnapshotPoint(log.lastIndex() + random.nextLong(5) + 1, term, PAIR));
        } else {
            long from = choice < 6 && length > 3 ? log.lastIndex() - random.nextLong(3) : log.lastIndex() + 1;
            HardState next = from <= log.lastIndex() ? new HardState(term + 1, null) : null;
            log.append(next, LogFixture.rows(from, from + random.nextLong(6), next == null ? term : term + 1));
        }
    }

    private Path copyOf(Path log) {
        return DirectoryCopy.of(log, directory.resolve("copy" + copies++));
    }

    private static Content open(Path path, KvEngine engine) {
        try (RaftLogStore log = RaftLogStore.open(path, IDENTITY, LogFixture.options(engine))) {
            return Content.of(log);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_log_that_ends_anywhere_is_what_it_was_after_the_last_whole_write(KvEngine engine) {
        Path live = directory.resolve("live");
        List<Content> contents = write(live, engine, 1);
        assertThat(WalFile.newestOf(live).records()).isEqualTo(contents.size());
        RandomGenerator random = Seeds.random(2);
        for (int records = 1; records <= contents.size(); records++) {
            Path copy = copyOf(live);
            WalFile wal = WalFile.newestOf(copy);
            int more = records == contents.size() ? 0 : random.nextInt(wal.sizeBytes(records));
            wal.cut(records, more);
            assertThat(open(copy, engine))
                    .as("%d writes and %d bytes", records, more)
                    .isEqualTo(contents.get(records - 1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_hole_between_logs_is_refused(KvEngine engine) {
        Path live = directory.resolve("live");
        List<Content> contents = write(live, engine, 3);
        RandomGenerator random = Seeds.random(4);
        for (int newer = 2; newer < contents.size(); newer += 3) {
            Path whole = copyOf(live);
            WalFile.newestOf(whole).cutBeforeNewer(newer, newer);
            assertThat(open(whole, engine)).isEqualTo(contents.get(contents.size() - 1));
            Path holed = copyOf(live);
            int kept = random.nextInt(newer);
            WalFile.newestOf(holed).cutBeforeNewer(newer, kept);
            assertThatThrownBy(() -> open(holed, engine))
                    .as("%d of %d writes", kept, newer)
                    .isInstanceOf(KvFailedException.class)
                    .hasMessageContaining("they were acknowledged");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void every_write_that_a_killed_process_was_told_of_is_there(KvEngine engine) {
        Path live = directory.resolve("live");
        try (RaftLogStore log = RaftLogStore.create(
                live, IDENTITY, HardState.INITIAL, SnapshotPoint.origin(ALONE), LogFixture.options(engine))) {
            RandomGenerator random = Seeds.random(5);
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < 4; j++) {
                    change(log, random);
                }
                assertThat(open(copyOf(live), engine)).isEqualTo(Content.of(log));
            }
        }
    }
}
