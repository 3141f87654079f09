package io.mortar.multijvm.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.PoolExtension;
import io.mortar.multijvm.pool.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/** Bricks of two nodes on one small file system, written to until nothing more fits. */
class FullBrickIT {
    private static final String VOLUME = "bt-vol";
    private static final int MIB = 1 << 20;
    private static final int SIZE_MIB = 160;
    private static final int FILE_BYTES = 4 * MIB;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(2).configured("mortar.coordinator.purge { delay = 1s, pin = 1s }");

    @Test
    void a_full_volume_counts_its_room_once_stays_readable_and_takes_files_again_after_deletions() throws Exception {
        Path shared = pool.directory().resolve("shared");
        try (SmallDisk disk = disk(shared)) {
            assertThat(disk.usableBytes()).isPositive();
            pool.volumes()
                    .createStarted(
                            VOLUME, 2, MIB, List.of("bt1:" + shared.resolve("one"), "bt2:" + shared.resolve("two")));
            MortarHttp http = pool.http(1);
            Await.until("the nodes know that their bricks share a file system", DEADLINE, () -> {
                JsonNode capacity = volume().path("capacity");
                return capacity.path("totalBytes").asLong()
                                + capacity.path("reservedBytes").asLong()
                        <= (long) SIZE_MIB * MIB;
            });

            int count = 0;
            Answer last = put(http, 0);
            while (last.status() == 201) {
                count++;
                last = put(http, count);
            }
            assertThat(last.status()).as(last.toString()).isEqualTo(507);
            assertThat(last.json().path("code").asText()).isEqualTo("NO_SPACE");
            assertThat(count).isGreaterThan(10);

            awaitReason("BRICK_FULL", "NEAR_FULL", "VOLUME_FULL");
            JsonNode capacity = volume().path("capacity");
            assertThat(capacity.path("usedBytes").asLong()
                            + capacity.path("freeBytes").asLong())
                    .as("one answer's parts, since what bricks say changes from one answer to the next: %s", capacity)
                    .isEqualTo(capacity.path("totalBytes").asLong());
            for (int i = 0; i < count; i++) {
                Answer get = pool.http(2).get(VOLUME, "f" + i);
                assertThat(get.bytes()).as(get.toString()).isEqualTo(Content.of(i, FILE_BYTES));
            }
            assertThat(http.put(VOLUME, "small", Content.of(1, 1000)).status())
                    .as("a file that is kept with the metadata needs no brick")
                    .isEqualTo(201);

            for (int i = 0; i < count; i += 2) {
                assertThat(http.delete(VOLUME, "f" + i).status()).isEqualTo(204);
            }
            Await.until(
                    "there is room again",
                    DEADLINE,
                    () -> http.put(VOLUME, "again", Content.of(9, FILE_BYTES)).status() == 201);
            assertThat(pool.http(2).get(VOLUME, "again").bytes()).isEqualTo(Content.of(9, FILE_BYTES));
            pool.killAll();
        }
    }

    /** Until the pool knows that one of the bricks is full, uploads are interrupted that it thinks the other one would take. */
    private static Answer put(MortarHttp http, int number) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            Answer answer = http.put(VOLUME, "f" + number, Content.of(number, FILE_BYTES));
            if (answer.status() != 503 || System.nanoTime() - end > 0) {
                return answer;
            }
            assertThat(answer.json().path("code").asText()).isEqualTo("UPLOAD_INTERRUPTED");
        }
    }

    private JsonNode volume() throws IOException, InterruptedException {
        return pool.volumes().describe(VOLUME).json();
    }

    /** Whichever of {@code codes} it is depends on how much less than a file is left. */
    private void awaitReason(String... codes) {
        Await.until("the volume says that it is full or nearly so", DEADLINE, () -> {
            for (JsonNode reason : volume().path("reasons")) {
                if (List.of(codes).contains(reason.path("code").asText())) {
                    return true;
                }
            }
            return false;
        });
    }

    private static SmallDisk disk(Path directory) {
        try {
            return SmallDisk.at(directory, SIZE_MIB);
        } catch (IOException e) {
            throw new TestAbortedException("skipped: a file system that is full takes root to mount one", e);
        }
    }
}
