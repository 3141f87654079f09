package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.read;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static io.mortar.node.brick.store.StoreFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.brick.BrickCapacity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    @TempDir
    Path directory;

    private static final long MIB = 1 << 20;

    @Test
    void the_watermark_is_the_smaller_of_its_two_bounds_and_the_reserve_at_most_an_eighth() {
        StoreSettings settings = new StoreSettings(4, 5, 512 * MIB, 32 * MIB, Duration.ofHours(24), 512, MIB);
        assertThat(settings.untouchableBytes(64 * MIB)).isBetween(11 * MIB, 12 * MIB);
        assertThat(settings.untouchableBytes(1000 * MIB)).isBetween(81 * MIB, 82 * MIB);
        assertThat(settings.untouchableBytes(1L << 42)).isEqualTo(544 * MIB);
    }

    @Test
    void a_brick_at_its_watermark_refuses_chunks_but_reads_and_deletes() throws Exception {
        StoreFixture fixture = new StoreFixture(directory);
        fixture.settings = new StoreSettings(4, 10, 10 * MIB, 0, Duration.ofHours(24), 512, 64 * MIB);
        SmallDisk disk = new SmallDisk();
        try (ChunkStore store = fixture.open(disk)) {
            store.counted().join();
            byte[] data = bytes(1 << 20, 1);
            disk.usableBytes = 10 * MIB + (1 << 20) + 4096;
            store(store, chunk(1, 0), data).join();
            disk.usableBytes = 10 * MIB + 4000;
            store.capacity().join(); // looks at the disk, as the brick does every two seconds
            assertThat(refusal(store(store, chunk(2, 0), data))).isEqualTo(RefusalCode.NO_SPACE);
            assertThat(refusal(store(store, chunk(2, 0), bytes(4000, 1)))).isEqualTo(RefusalCode.NO_SPACE);
            assertThat(store.capacity().join())
                    .isEqualTo(new BrickCapacity(MIB + 4096 + 4000, MIB + 4096, 4000, 10 * MIB, ""));

            assertThat(read(store, chunk(1, 0), 0, 1 << 20)).isEqualTo(data);
            store.delete(List.of(version(1))).join();
            disk.usableBytes = 12 * MIB;
            store(store, chunk(2, 0), data).join();
        }
    }

    @Test
    void requests_beyond_the_bounds_are_refused_and_taken_again_later() throws Exception {
        StoreFixture fixture = new StoreFixture(directory);
        fixture.settings = new StoreSettings(1, 1, MIB, 0, Duration.ofHours(24), 4, 2 * MIB);
        SmallDisk disk = new SmallDisk();
        try (ChunkStore store = fixture.open(disk)) {
            store.counted().join();
            disk.gate = new CountDownLatch(1);
            List<CompletableFuture<?>> taken = new ArrayList<>();
            taken.add(store(store, chunk(1, 0), bytes(1 << 20, 1)));
            taken.add(store(store, chunk(1, 1), bytes(1 << 20, 2)));
            assertThat(refusal(store(store, chunk(1, 2), bytes(10, 2)))).isEqualTo(RefusalCode.OVERLOADED);
            taken.add(store.delete(List.of(version(50))));
            taken.add(store.delete(List.of(version(51))));
            assertThat(refusal(store.read(chunk(1, 0), 0, 1))).isEqualTo(RefusalCode.OVERLOADED);

            disk.gate.countDown();
            CompletableFuture.allOf(taken.toArray(new CompletableFuture<?>[0])).join();
            store(store, chunk(1, 2), bytes(10, 2)).join();
        }
    }

    /** A disk of 100 MiB whose room the test tells, and whose look-ups wait at a gate. */
    private static final class SmallDisk implements Disk {
        private final Disk disk = new LocalDisk();
        private volatile long usableBytes = 90 * MIB;
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public DiskFile create(Path file) throws IOException {
            return disk.create(file);
        }

        @Override
        public Optional<DiskFile> open(Path file) throws IOException {
            return disk.open(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            disk.delete(path);
        }

        @Override
        public void createDirectory(Path directory) throws IOException {
            disk.createDirectory(directory);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            disk.syncDirectory(directory);
        }

        @Override
        public void forEach(Path directory, Consumer<String> action) throws IOException {
            disk.forEach(directory, action);
        }

        @Override
        public boolean exists(Path path) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return disk.exists(path);
        }

        @Override
        public long size(Path file) throws IOException {
            return disk.size(file);
        }

        @Override
        public Room room(Path directory) {
            return new Room(100 * MIB, usableBytes);
        }
    }
}
