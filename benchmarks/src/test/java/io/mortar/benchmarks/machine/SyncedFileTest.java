package io.mortar.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedFileTest {
    @Test
    void it_grows_by_a_block_each_time_and_is_gone_when_closed(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("log");
        try (SyncedFile file = SyncedFile.create(path)) {
            assertThat(file.append()).isPositive();
            assertThat(file.append()).isPositive();
            assertThat(Files.size(path)).isEqualTo(8192);
        }
        assertThat(path).doesNotExist();
    }
}
