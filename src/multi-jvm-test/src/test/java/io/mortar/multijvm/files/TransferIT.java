package io.mortar.multijvm.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upload through one node, download through the others. */
class TransferIT {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final String VOLUME = "bt-vol";

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.ofNodes(3);

    @BeforeAll
    static void createVolume() throws Exception {
        POOL.volumes().createStarted(VOLUME, 3, MIB, POOL.bricks(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 4097, 32 * KIB - 1, MIB, MIB + 1, 20 * MIB + 7})
    void what_is_put_through_one_node_is_read_through_every_other(int sizeBytes) throws Exception {
        String path = "sizes/" + sizeBytes;
        byte[] content = Content.of(sizeBytes, sizeBytes);

        Answer put = POOL.http(1).put(VOLUME, path, content);

        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        for (int node = 1; node <= 3; node++) {
            Answer get = POOL.http(node).get(VOLUME, path);
            assertThat(get.status()).isEqualTo(200);
            assertThat(get.bytes()).isEqualTo(content);
            assertThat(get.header("ETag")).isEqualTo(put.header("ETag"));
            assertThat(POOL.http(node).head(VOLUME, path).header("Content-Length"))
                    .isEqualTo(Integer.toString(sizeBytes));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4097, MIB + 1, 5 * MIB + 7})
    void ranges_are_cut_out_exactly(int sizeBytes) throws Exception {
        String path = "ranges/" + sizeBytes;
        byte[] content = Content.of(sizeBytes, sizeBytes);
        POOL.http(2).put(VOLUME, path, content);
        MortarHttp reader = POOL.http(3);
        int last = sizeBytes - 1;
        List<int[]> ranges = new ArrayList<>(List.of(new int[] {0, 0}, new int[] {last, last}, new int[] {0, last}));
        if (sizeBytes > MIB) {
            ranges.add(new int[] {MIB - 1, MIB});
            ranges.add(new int[] {64 * KIB - 3, Math.min(last, MIB + 64 * KIB + 3)});
        }

        for (int[] range : ranges) {
            Answer part = reader.get(VOLUME, path, "Range", "bytes=" + range[0] + "-" + range[1]);

            assertThat(part.status()).as(part.toString()).isEqualTo(206);
            assertThat(part.bytes()).isEqualTo(Content.slice(content, range[0], range[1]));
            assertThat(part.header("Content-Range")).isEqualTo("bytes " + range[0] + "-" + range[1] + "/" + sizeBytes);
        }
        assertThat(reader.get(VOLUME, path, "Range", "bytes=" + sizeBytes + "-").status())
                .isEqualTo(416);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000_000})
    void one_of_many_racing_creators_wins_and_its_content_stays(int sizeBytes) throws Exception {
        String path = "race/" + sizeBytes;
        List<Callable<Answer>> writers = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < 32; i++) {
            byte[] content = Content.of(i, sizeBytes);
            MortarHttp node = POOL.http(1 + i % 3);
            writers.add(() -> {
                start.await();
                return node.put(VOLUME, path, content, "If-None-Match", "*");
            });
        }

        List<Integer> statuses = statusesOf(writers, start);

        assertThat(statuses).containsOnly(201, 412).containsOnlyOnce(201);
        byte[] winner = Content.of(statuses.indexOf(201), sizeBytes);
        for (int node = 1; node <= 3; node++) {
            assertThat(POOL.http(node).get(VOLUME, path).bytes()).isEqualTo(winner);
        }
    }

    @Test
    void a_replaced_file_is_its_new_self_through_every_node_at_once() throws Exception {
        Set<String> tags = new HashSet<>();
        for (int version = 0; version < 12; version++) {
            byte[] content = Content.of(version, version % 2 == 0 ? 2_000 : 2 * MIB + version);
            Answer put = POOL.http(1 + version % 3).put(VOLUME, "replaced", content);
            assertThat(put.status()).isEqualTo(version == 0 ? 201 : 204);
            assertThat(tags.add(put.header("ETag"))).isTrue();

            for (int node = 1; node <= 3; node++) {
                assertThat(POOL.http(node).get(VOLUME, "replaced").bytes()).isEqualTo(content);
            }
        }
    }

    @Test
    void a_deleted_file_is_gone_through_every_node_at_once() throws Exception {
        POOL.http(1).put(VOLUME, "deleted", Content.of(1, 70 * KIB));

        assertThat(POOL.http(2).delete(VOLUME, "deleted").status()).isEqualTo(204);

        for (int node = 1; node <= 3; node++) {
            assertThat(POOL.http(node).get(VOLUME, "deleted").status()).isEqualTo(404);
        }
    }

    private static List<Integer> statusesOf(List<Callable<Answer>> requests, CountDownLatch start)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Future<Answer>> answers =
                    requests.stream().map(threads::submit).toList();
            start.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
            return statuses;
        } catch (ExecutionException e) {
            throw new IOException("a writer got no answer", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
