package io.mortar.journal.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    private static final SpaceLimits LIMITS = new SpaceLimits(1000, 500, 100);

    @TempDir
    Path directory;

    /** A disk of which others leave so much; the reserve file takes its part. */
    private long leftByOthers = 10_000;

    private long usable() throws IOException {
        Path reserve = directory.resolve("reserve");
        return leftByOthers - (Files.exists(reserve) ? Files.size(reserve) : 0);
    }

    private DiskSpace open() throws IOException {
        return DiskSpace.open(directory, LIMITS, this::usable);
    }

    @Test
    void the_reserve_is_taken_once_and_found_again() throws IOException {
        open();
        assertThat(directory.resolve("reserve")).hasSize(1000);
        Object key = Files.readAttributes(directory.resolve("reserve"), "unix:ino");
        open();
        assertThat(Files.readAttributes(directory.resolve("reserve"), "unix:ino"))
                .isEqualTo(key);
    }

    @Test
    void a_reserve_of_another_size_is_made_anew() throws IOException {
        Files.write(directory.resolve("reserve"), new byte[10]);
        open();
        assertThat(directory.resolve("reserve")).hasSize(1000);
    }

    @Test
    void growth_stops_at_its_floor_while_writes_go_on() throws IOException {
        DiskSpace space = open();
        leftByOthers = 1500;
        assertThat(space.acceptsGrowth()).isTrue();
        leftByOthers = 1499;
        assertThat(space.acceptsGrowth()).isFalse();
        assertThat(space.acceptsWrites()).isTrue();
        assertThat(space.describe()).contains("499 bytes usable").contains("reserve of 1000 held");
    }

    @Test
    void below_the_write_floor_the_reserve_is_given_up_and_then_writes_stop() throws IOException {
        DiskSpace space = open();
        leftByOthers = 1099;
        assertThat(space.acceptsWrites()).isTrue();
        assertThat(directory.resolve("reserve")).doesNotExist();
        assertThat(space.acceptsGrowth())
                .as("room of the reserve is not for growth")
                .isFalse();
        leftByOthers = 99;
        assertThat(space.acceptsWrites()).isFalse();
        leftByOthers = 100;
        assertThat(space.acceptsWrites()).isTrue();
    }

    @Test
    void the_reserve_is_taken_again_when_there_is_plenty() throws IOException {
        DiskSpace space = open();
        leftByOthers = 1099;
        assertThat(space.acceptsWrites()).isTrue();
        leftByOthers = 1999;
        assertThat(space.acceptsGrowth()).isTrue();
        assertThat(directory.resolve("reserve")).doesNotExist();
        leftByOthers = 2000;
        assertThat(space.acceptsGrowth()).isTrue();
        assertThat(directory.resolve("reserve")).hasSize(1000);
    }

    @Test
    void a_start_on_a_full_disk_does_without_the_reserve() throws IOException {
        leftByOthers = 300;
        DiskSpace space = open();
        assertThat(directory.resolve("reserve")).doesNotExist();
        assertThat(space.acceptsGrowth()).isFalse();
        assertThat(space.acceptsWrites()).isTrue();
    }

    @Test
    void the_probe_of_a_real_file_system_finds_room() throws IOException {
        assertThat(SpaceProbe.of(directory).usableBytes()).isPositive();
    }

    @Test
    void limits_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> new SpaceLimits(0, 10, 20)).hasMessageContaining("write floor 20");
    }
}
