package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.node.brick.store.DirectBuffers;
import io.mortar.node.brick.store.Disk;
import io.mortar.node.brick.store.FaultyDisk;
import io.mortar.node.brick.store.LocalDisk;
import io.mortar.node.brick.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrickPreparationTest {
    @TempDir
    Path directory;

    private BrickPreparation preparation(Disk disk, long roomBytesMin) {
        BrickSettings settings = new BrickSettings(
                List.of(Path.of("/")),
                roomBytesMin,
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                StoreSettings.DEFAULT,
                FetchSettings.DEFAULT,
                BackgroundSettings.DEFAULT);
        Hardware hardware = new Hardware(disk, MountTable.ofThisProcess(), new DirectBuffers(), Clock.systemUTC());
        return new BrickPreparation(hardware, settings, directory.resolve("data"));
    }

    private BrickPlan plan(Path brick) {
        return new BrickPlan(NodeOfBricks.POOL, new VolumeId(1), NodeOfBricks.brick(1), brick.toString());
    }

    @Test
    void whatever_call_fails_nothing_is_left_and_the_next_attempt_succeeds() {
        boolean failed = true;
        for (int k = 1; failed; k++) {
            Path brick = directory.resolve("fails-at-" + k);
            FaultyDisk disk = new FaultyDisk("Input/output error");
            disk.failOnce(k);
            try {
                preparation(disk, 0).prepare(plan(brick), List.of());
                failed = false;
            } catch (RefusedException e) {
                assertThat(e.refusal().code()).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
                assertThat(brick).doesNotExist();
                assertThat(preparation(new LocalDisk(), 0).prepare(plan(brick), List.of()))
                        .isNotNull();
            }
        }
    }

    @Test
    void a_preparation_that_a_crash_interrupted_is_finished() throws Exception {
        Path brick = directory.resolve("brick");
        BrickPreparation preparation = preparation(new LocalDisk(), 0);
        BrickIdentity identity = preparation.prepare(plan(brick), List.of());
        String file = Files.readString(brick.resolve(IdentityFile.NAME));
        for (List<String> there : List.of(
                List.<String>of(),
                List.of(IdentityFile.TEMPORARY_NAME),
                List.of(IdentityFile.NAME),
                List.of(IdentityFile.NAME, "chunks"),
                List.of(IdentityFile.NAME, "chunks", "tmp"))) {
            assertThat(BrickErasure.erase(plan(brick))).isTrue();
            for (String name : there) {
                if (name.startsWith(".")) {
                    Files.writeString(brick.resolve(name), file);
                } else {
                    Files.createDirectory(brick.resolve(name));
                }
            }
            assertThat(preparation.prepare(plan(brick), List.of())).isEqualTo(identity);
            assertThat(brick.resolve("rows/CURRENT")).exists();
        }
    }

    @Test
    void files_that_are_not_the_bricks_survive_its_erasure() throws Exception {
        Path brick = directory.resolve("brick");
        preparation(new LocalDisk(), 0).prepare(plan(brick), List.of());
        Files.writeString(brick.resolve("mine.txt"), "x");

        assertThat(BrickErasure.erase(plan(brick))).isTrue();
        assertThat(brick.toFile().list()).containsExactly("mine.txt");
    }

    @Test
    void a_directory_with_too_little_room_is_refused() {
        assertThatThrownBy(() -> preparation(new LocalDisk(), Long.MAX_VALUE)
                        .prepare(plan(directory.resolve("brick")), List.of()))
                .hasMessageStartingWith(RefusalCode.NO_SPACE.name());
        assertThat(directory.resolve("brick")).doesNotExist();
    }
}
