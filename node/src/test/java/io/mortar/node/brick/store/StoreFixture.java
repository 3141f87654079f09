package io.mortar.node.brick.store;

import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvStore;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;

/** A brick directory and the chunks that tests put there. */
final class StoreFixture {
    static final StoreSettings SETTINGS =
            new StoreSettings(4, 1, 1 << 20, 1 << 20, Duration.ofHours(24), 512, 64L << 20);

    final Path brick;
    final TestClock clock = new TestClock();
    StoreSettings settings = SETTINGS;
    UnaryOperator<KvStore> rows = UnaryOperator.identity();

    StoreFixture(Path brick) throws IOException {
        this.brick = brick;
        Files.createDirectories(brick.resolve(ChunkDirectories.CHUNKS));
        Files.createDirectories(brick.resolve(ChunkDirectories.TEMPORARY));
    }

    ChunkStore open() throws IOException {
        return open(new LocalDisk());
    }

    ChunkStore open(Disk disk) throws IOException {
        KvStore kv = rows.apply(BrickRows.open(new LocalDisk(), brick));
        try {
            return ChunkStore.open(
                    new ChunkStore.Parts("bt1:/brick", brick, disk, kv, new DirectBuffers(), clock), settings);
        } catch (IOException | RuntimeException e) {
            kv.close();
            throw e;
        }
    }

    static FileVersion version(long inode) {
        return new FileVersion(new VolumeId(1), inode, 1);
    }

    static ChunkId chunk(long inode, int index) {
        return new ChunkId(version(inode), index, 0);
    }

    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        Seeds.random(seed).nextBytes(bytes);
        return bytes;
    }

    static List<Integer> checksums(byte[] bytes) {
        List<Integer> checksums = new ArrayList<>();
        for (int checksum : BlockChecksums.of(ByteBuffer.wrap(bytes))) {
            checksums.add(checksum);
        }
        return checksums;
    }

    static CompletableFuture<Void> store(ChunkStore store, ChunkId chunk, byte[] bytes) {
        return store.store(chunk, checksums(bytes), ByteString.fromArray(bytes));
    }

    static byte[] read(ChunkStore store, ChunkId chunk, int offset, int length) {
        ChunkBytes read = store.read(chunk, offset, length).join();
        Assertions.assertThat(read.checksum())
                .isEqualTo(BlockChecksums.ofWhole(read.data().asByteBuffer()));
        return read.data().toArray();
    }

    static RefusalCode refusal(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                return refused.refusal().code();
            }
            throw e;
        }
        throw new AssertionError("it was not refused");
    }

    /** All files below the brick's {@code chunks/}. */
    List<Path> chunkFiles() throws IOException {
        return filesBelow(ChunkDirectories.CHUNKS);
    }

    List<Path> temporaryFiles() throws IOException {
        return filesBelow(ChunkDirectories.TEMPORARY);
    }

    private List<Path> filesBelow(String directory) throws IOException {
        try (var walk = Files.walk(brick.resolve(directory))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    /** Stands still unless told. */
    static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
