package io.mortar.cli.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptFaultTest {
    private static final int CHUNKS = 12;
    private static final byte[] CONTENT = new byte[40_000];

    @TempDir
    Path directory;

    private final List<Integer> swept = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        for (int node = 0; node < 2; node++) {
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                Path file = path(node, chunk);
                Files.createDirectories(file.getParent());
                Files.write(file, CONTENT);
            }
        }
    }

    @Test
    void one_byte_of_each_of_some_chunks_is_flipped_and_then_they_are_read() throws Exception {
        String what = fault(5).strike(1);

        assertThat(what).contains("5 chunk files");
        assertThat(damagedOn(1)).hasSize(5);
        assertThat(damagedOn(0)).isEmpty();
        assertThat(swept).containsExactly(1);
    }

    @Test
    void two_copies_of_a_chunk_are_never_damaged() throws Exception {
        CorruptFault fault = fault(8);
        fault.strike(0);
        String second = fault.strike(1);
        String third = fault.strike(0);

        assertThat(damagedOn(0)).hasSize(8).doesNotContainAnyElementsOf(damagedOn(1));
        assertThat(damagedOn(1)).hasSize(CHUNKS - 8);
        assertThat(second).contains("4 chunk files");
        assertThat(third).contains("0 chunk files");
    }

    private CorruptFault fault(int chunksMax) {
        return new CorruptFault(new Directories(), swept::add, chunksMax, 3);
    }

    private List<Integer> damagedOn(int node) throws IOException {
        List<Integer> damaged = new ArrayList<>();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            byte[] bytes = Files.readAllBytes(path(node, chunk));
            int different = 0;
            for (byte each : bytes) {
                different += each == 0 ? 0 : 1;
            }
            assertThat(bytes).hasSize(CONTENT.length);
            assertThat(different).isLessThan(2);
            if (different == 1) {
                damaged.add(chunk);
            }
        }
        return damaged;
    }

    private Path path(int node, int chunk) {
        return directory.resolve("brick" + node + "/chunks/0" + chunk % 3 + "/1-2a-7-" + chunk + "-0");
    }

    private final class Directories implements Victims {
        @Override
        public int count() {
            return 2;
        }

        @Override
        public String name(int node) {
            return "bt" + (node + 1);
        }

        @Override
        public void killAndStart(int node) {
            throw new AssertionError("nobody is killed");
        }

        @Override
        public void freeze(int node, Duration time) {
            throw new AssertionError("nobody is frozen");
        }

        @Override
        public Path brick(int node) {
            return directory.resolve("brick" + node);
        }
    }
}
