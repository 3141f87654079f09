package io.mortar.multijvm.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More work at once than a node with 512 MB has memory for: it makes clients wait or come again, and lives. */
class OverloadIT {
    private static final int MIB = 1024 * 1024;
    private static final int FILE_BYTES = 16 * MIB;
    private static final int CLIENTS = 12;
    private static final int REQUESTS = 60;
    private static final String VOLUME = "bt-vol";

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.ofNodes(3);

    private final byte[] content = Content.of(1, FILE_BYTES);

    @BeforeEach
    void createVolume() throws Exception {
        POOL.volumes().createStarted(VOLUME, 3, MIB, POOL.bricks(1));
        assertThat(POOL.http(1).put(VOLUME, "read", content).status()).isEqualTo(201);
    }

    @Test
    void a_gateway_outlives_more_transfers_than_it_has_memory_for_and_serves_them_rightly() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Boolean>> served = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String path = "written" + i;
            boolean upload = i % 3 == 0;
            served.add(clients.submit(() -> upload ? isWritten(path) : isRead()));
        }

        int count = 0;
        for (Future<Boolean> request : served) {
            count += request.get() ? 1 : 0;
        }
        clients.shutdown();

        assertThat(count).as("requests served").isPositive();
        assertThat(POOL.nodes()).allMatch(NodeProcess::isRunning);
        assertThat(isRead()).isTrue();
    }

    /** False when the node said that it has no room; any other answer than the content fails. */
    private boolean isRead() throws Exception {
        Answer answer = POOL.http(1).get(VOLUME, "read");
        if (isRefused(answer)) {
            return false;
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(Arrays.equals(answer.bytes(), content)).isTrue();
        return true;
    }

    private boolean isWritten(String path) throws Exception {
        MortarHttp http = POOL.http(1);
        Answer answer = http.put(VOLUME, path, content);
        if (isRefused(answer)) {
            return false;
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return true;
    }

    private static boolean isRefused(Answer answer) throws Exception {
        if (answer.status() != 503) {
            return false;
        }
        assertThat(answer.json().path("code").asText()).isEqualTo("OVERLOADED");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        return true;
    }
}
