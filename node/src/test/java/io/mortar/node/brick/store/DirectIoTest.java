package io.mortar.node.brick.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectIoTest {
    @TempDir
    Path directory;

    private final ByteBuffer buffer = new DirectBuffers().take();

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 65_535, 65_536, 65_537, 69_632, 1_048_576, 1_048_700})
    void a_file_has_exactly_the_bytes_that_were_written(int sizeBytes) throws IOException {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) (i * 31 + 7));
        }
        byte[] expected = new byte[sizeBytes];
        buffer.get(0, expected);
        Path path = directory.resolve("f");
        LocalDisk disk = new LocalDisk();
        try (DiskFile file = disk.create(path)) {
            file.write(buffer.position(0).limit(sizeBytes));
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.sync();
            assertThat(file.size()).isEqualTo(sizeBytes + 3);
        }
        assertThat(buffer.limit()).isEqualTo(sizeBytes);
        byte[] stored = Files.readAllBytes(path);
        assertThat(java.util.Arrays.copyOf(stored, sizeBytes)).isEqualTo(expected);
        assertThat(stored).endsWith(1, 2, 3);
        try (var names = Files.list(directory)) {
            assertThat(names).containsExactly(path);
        }
    }

    @Test
    void only_buffers_that_are_aligned_and_padded_are_written_directly() throws IOException {
        DirectIo direct = new DirectIo();
        Path file = Files.createFile(directory.resolve("f"));
        assertThat(direct.canWrite(file, buffer.duplicate().position(0).limit(1000)))
                .isFalse();
        assertThat(direct.canWrite(file, ByteBuffer.allocate(1 << 20))).isFalse();
        assertThat(direct.canWrite(file, buffer.duplicate().position(1).limit(1 << 20)))
                .isFalse();
        assertThat(direct.canWrite(file, buffer.slice(0, 65_537))).isFalse();
    }

    @Test
    void a_stored_file_cannot_be_written_and_a_new_one_not_read() throws IOException {
        LocalDisk disk = new LocalDisk();
        try (DiskFile file = disk.create(directory.resolve("f"))) {
            assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0)).isInstanceOf(RuntimeException.class);
        }
        try (DiskFile file = disk.open(directory.resolve("f")).orElseThrow()) {
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1))).isInstanceOf(RuntimeException.class);
        }
    }
}
