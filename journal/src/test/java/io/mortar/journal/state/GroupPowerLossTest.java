package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.advance;
import static io.mortar.journal.state.StateFixture.found;
import static io.mortar.journal.state.StateFixture.open;
import static io.mortar.journal.state.StateFixture.rows;
import static io.mortar.journal.state.StateFixture.rowsAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.WalFile;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.testkit.DirectoryCopy;
import io.mortar.testkit.Seeds;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both stores of a member whose machine lost power and whose disk kept less than it had said. */
class GroupPowerLossTest {
    private static final int BATCHES = 10;

    @TempDir
    Path directory;

    private int copies;

    /** Two entries in each batch, applied at once. */
    private Path written(KvEngine engine) {
        Path group = directory.resolve("group");
        try (GroupStores stores = found(group, engine)) {
            for (int i = 1; i <= BATCHES; i++) {
                advance(stores, 2L * i);
            }
        }
        return group;
    }

    private Path copyOf(Path group) {
        return DirectoryCopy.of(group, directory.resolve("copy" + copies++));
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_state_that_ends_anywhere_is_that_after_the_last_whole_batch_and_goes_on_from_the_log(KvEngine engine) {
        Path group = written(engine);
        RandomGenerator random = Seeds.random(1);
        for (int kept = 0; kept < BATCHES; kept++) {
            Path crashed = copyOf(group);
            WalFile wal = WalFile.newestOf(crashed.resolve("state-1"));
            assertThat(wal.records()).isEqualTo(BATCHES);
            wal.cut(kept, random.nextInt(wal.sizeBytes(kept)));
            try (GroupStores stores = open(crashed, engine)) {
                assertThat(rows(stores.state())).isEqualTo(rowsAfter(2L * kept));
                assertThat(stores.state().applied().index()).isEqualTo(2L * kept);
                stores.state().apply(LogFixture.entries(stores.log()));
                assertThat(rows(stores.state())).isEqualTo(rowsAfter(2 * BATCHES));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_log_that_lost_what_is_applied_is_refused(KvEngine engine) {
        Path group = written(engine);
        for (int kept = 1; kept < BATCHES; kept += 3) {
            Path crashed = copyOf(group);
            WalFile.newestOf(crashed.resolve("log")).cut(kept, 0);
            assertThatThrownBy(() -> open(crashed, engine))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("has applied entry 20 of term 1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_state_with_a_hole_is_refused(KvEngine engine) {
        Path group = written(engine);
        for (int newer = 2; newer < BATCHES; newer += 4) {
            Path crashed = copyOf(group);
            WalFile.newestOf(crashed.resolve("state-1")).cutBeforeNewer(newer, newer - 1);
            assertThatThrownBy(() -> open(crashed, engine))
                    .isInstanceOf(KvFailedException.class)
                    .hasMessageContaining("they were acknowledged");
        }
    }
}
