package io.mortar.multijvm.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A disk that gives back other bytes than were written. */
class CorruptChunkIT {
    private static final int MIB = 1024 * 1024;
    private static final String VOLUME = "bt-vol";

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.ofNodes(2);

    @BeforeAll
    static void createVolume() throws Exception {
        POOL.volumes().createStarted(VOLUME, 2, MIB, POOL.bricks(1));
    }

    @Test
    void a_flipped_bit_on_disk_never_reaches_a_reader() throws Exception {
        byte[] content = Content.of(1, 4 * MIB);
        byte[] other = Content.of(2, 4 * MIB);
        POOL.http(1).put(VOLUME, "hurt", content);
        POOL.http(1).put(VOLUME, "other", other);
        List<Path> chunks = chunkFiles("hurt");
        assertThat(chunks).hasSize(4);

        flipBit(chunks.get(chunks.size() - 1));

        for (int node = 1; node <= 2; node++) {
            assertThat(isRefusedOrCutOff(node, "hurt")).isTrue();
            assertThat(POOL.http(node).get(VOLUME, "other").bytes()).isEqualTo(other);
        }
    }

    private static boolean isRefusedOrCutOff(int node, String path) throws InterruptedException {
        try {
            Answer answer = POOL.http(node).get(VOLUME, path);
            return answer.status() >= 500;
        } catch (IOException cutOff) {
            return true;
        }
    }

    private static List<Path> chunkFiles(String path) throws IOException, InterruptedException {
        String prefix = POOL.volumes().chunkNamePrefix(VOLUME, path);
        List<Path> chunks = new ArrayList<>();
        for (NodeProcess node : POOL.nodes()) {
            chunks.addAll(Directories.filesIn(node.brickDirectory(1), name -> name.startsWith(prefix)));
        }
        return chunks;
    }

    private static void flipBit(Path chunk) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(chunk.toFile(), "rw")) {
            long middle = file.length() / 2;
            file.seek(middle);
            int value = file.read();
            file.seek(middle);
            file.write(value ^ 1);
        }
    }
}
