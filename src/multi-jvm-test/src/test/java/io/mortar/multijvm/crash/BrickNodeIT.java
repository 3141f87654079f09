package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Sample;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that has bricks but not the metadata goes away and comes back. */
class BrickNodeIT {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final String VOLUME = "bt-vol";
    /** What a user is promised: a clear answer, not a hanging one. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Duration RECOVERY = Duration.ofSeconds(40);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    private final List<Sample> needy = new ArrayList<>();
    private final List<Sample> independent = new ArrayList<>();

    /** Files of one chunk each, some of which are on the brick of node 3, and one that is on all bricks. */
    @BeforeEach
    void fill() throws Exception {
        pool.volumes().createStarted(VOLUME, 3, MIB, pool.bricks(1));
        List<Sample> samples =
                new ArrayList<>(List.of(new Sample("wide", 99, 4 * MIB), new Sample("inline", 98, 1000)));
        for (int i = 0; i < 12; i++) {
            samples.add(new Sample("f" + i, i, 5 * KIB + i * 70 * KIB));
        }
        for (Sample sample : samples) {
            assertThat(pool.http(2).put(VOLUME, sample.path(), sample.bytes()).status())
                    .isEqualTo(201);
            Set<String> bricks = pool.volumes().bricksOf(VOLUME, sample.path());
            (bricks.contains(pool.node(3).brick(1)) ? needy : independent).add(sample);
        }
        assertThat(needy).hasSizeGreaterThan(1);
        assertThat(independent).hasSizeGreaterThan(1);
    }

    @Test
    void after_kill_9_only_its_files_are_refused_and_after_a_restart_none() throws Exception {
        NodeProcess lost = pool.node(3);
        lost.kill();

        for (int node = 1; node <= 2; node++) {
            assertNeedyFilesAreRefusedNaming(lost, node);
            assertReadable(independent, node);
        }
        List<Sample> fresh = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Sample sample = new Sample("fresh" + i, 100 + i, 500 * KIB * (i + 1));
            Answer put = pool.http(1 + i % 2).put(VOLUME, sample.path(), sample.bytes());
            assertThat(put.status()).as(put.toString()).isEqualTo(201);
            assertThat(pool.volumes().bricksOf(VOLUME, sample.path())).doesNotContain(lost.brick(1));
            fresh.add(sample);
        }
        assertReadable(fresh, 2);

        lost.start();
        lost.awaitReady();
        for (int node = 1; node <= 3; node++) {
            awaitReadable(node);
            assertReadable(needy, node);
            assertReadable(independent, node);
            assertReadable(fresh, node);
        }
    }

    @Test
    void while_it_is_frozen_its_files_are_refused_in_time_and_read_again_when_it_thaws() throws Exception {
        NodeProcess frozen = pool.node(3);
        frozen.pause();

        assertNeedyFilesAreRefusedNaming(frozen, 1);
        assertReadable(independent, 1);

        frozen.resume();
        for (int node = 1; node <= 3; node++) {
            awaitReadable(node);
            assertReadable(needy, node);
        }
    }

    private void assertNeedyFilesAreRefusedNaming(NodeProcess lost, int through) throws Exception {
        MortarHttp http = pool.http(through).within(ANSWER);
        for (Sample sample : needy) {
            Answer refusal = http.get(VOLUME, sample.path());
            assertThat(refusal.status()).as(refusal.toString()).isEqualTo(503);
            assertThat(refusal.json().path("code").asText()).isEqualTo("BRICK_DOWN");
            assertThat(refusal.json().path("detail").asText()).contains(lost.brick(1));
            assertThat(refusal.header("Retry-After")).isNotEmpty();
        }
    }

    private void assertReadable(List<Sample> samples, int through) throws Exception {
        for (Sample sample : samples) {
            Answer get = pool.http(through).get(VOLUME, sample.path());
            assertThat(get.status()).as(get.toString()).isEqualTo(200);
            assertThat(get.bytes()).isEqualTo(sample.bytes());
        }
    }

    private void awaitReadable(int through) {
        for (Sample sample : needy) {
            Await.until(
                    sample.path() + " is readable through node " + through,
                    RECOVERY,
                    () -> pool.http(through).get(VOLUME, sample.path()).status() == 200);
        }
    }
}
