package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Sample;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Power loss as far as one machine can play it: all nodes are killed at the same moment, in the middle of the work. */
class AllNodesIT {
    private static final String VOLUME = "bt-vol";
    private static final int ACKNOWLEDGED = 500;
    private static final int CLIENTS = 9;
    private static final Duration UPLOADS = Duration.ofSeconds(90);
    private static final Duration RECOVERY = Duration.ofSeconds(40);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    private final Queue<Sample> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> unanswered = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED);
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void every_acknowledged_upload_is_there_bit_for_bit_and_no_other_is_there_in_part() throws Exception {
        pool.volumes().createStarted(VOLUME, 3, 65_536, pool.bricks(1));
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            int node = 1 + client % 3;
            clients.execute(() -> uploadUntilTheNodeIsGone(node));
        }
        assertThat(enough.await(UPLOADS.toSeconds(), TimeUnit.SECONDS))
                .as("acknowledged " + acknowledged.size())
                .isTrue();

        pool.killAll();
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        pool.start(1, 2, 3);

        awaitAllBricks();
        int reader = 0;
        for (Sample sample : acknowledged) {
            Answer get = pool.http(1 + reader++ % 3).get(VOLUME, sample.path());
            assertThat(get.status()).as(get.toString()).isEqualTo(200);
            assertThat(get.bytes()).as(sample.toString()).isEqualTo(sample.bytes());
        }
        for (Sample sample : unanswered) {
            Answer get = pool.http(1).get(VOLUME, sample.path());
            assertThat(get.status() == 404 || Arrays.equals(get.bytes(), sample.bytes()))
                    .as(get.toString())
                    .isTrue();
        }
    }

    private void uploadUntilTheNodeIsGone(int node) {
        while (true) {
            int number = next.getAndIncrement();
            Sample sample = new Sample("d" + number % 7 + "/f" + number, number, sizeBytesOf(number));
            try {
                Answer put = pool.http(node).put(VOLUME, sample.path(), sample.bytes());
                if (put.status() == 201) {
                    acknowledged.add(sample);
                    enough.countDown();
                } else {
                    unanswered.add(sample);
                    return;
                }
            } catch (IOException killed) {
                unanswered.add(sample);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Empty, inline, one small chunk, many chunks. */
    private static int sizeBytesOf(int number) {
        return switch (number % 10) {
            case 0 -> 0;
            case 1, 2, 3 -> 500 + number;
            case 4, 5 -> 5_000 + number;
            case 6, 7 -> 40_000 + number;
            case 8 -> 65_536;
            default -> 300_000 + number;
        };
    }

    private void awaitAllBricks() {
        for (int node = 1; node <= 3; node++) {
            int through = node;
            for (Sample sample : acknowledged.stream().skip(400).toList()) {
                Await.until(
                        sample.path() + " is readable through node " + node,
                        RECOVERY,
                        () -> pool.http(through).get(VOLUME, sample.path()).status() == 200);
            }
        }
    }
}
