package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Sample;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Volumes with copies lose one machine, then, when it is back and healed, another. */
class ReplicaIT {
    private static final int KIB = 1024;
    private static final String TWO_COPIES = "two";
    private static final String THREE_COPIES = "three";
    private static final Duration RECOVERY = Duration.ofSeconds(40);
    private static final Duration HEALED = Duration.ofSeconds(90);

    @RegisterExtension
    final PoolExtension pool =
            PoolExtension.ofNodes(3).configured("mortar.coordinator.heal { interval = 500ms, interval-max = 2s }");

    private final List<Sample> samples = new ArrayList<>();

    @Test
    void one_machine_after_the_other_can_be_lost_when_what_it_missed_is_healed_in_between() throws Exception {
        pool.volumes().createReplicated(TWO_COPIES, 1, 2, pool.bricks(1));
        pool.volumes().createReplicated(THREE_COPIES, 1, 3, pool.bricks(2));
        upload("before", 2);
        assertAllReadable(1, 2, 3);

        NodeProcess lost = pool.node(3);
        lost.kill();
        assertAllReadable(1, 2);
        upload("meanwhile", 2);
        assertAllReadable(1, 2);
        assertThat(pool.volumes().filesToHeal(THREE_COPIES)).isEqualTo(3);

        lost.start();
        lost.awaitReady();
        Await.until(
                "nothing is left to heal",
                HEALED,
                () -> pool.volumes().filesToHeal(THREE_COPIES) == 0
                        && pool.volumes().filesToHeal(TWO_COPIES) == 0);
        pool.awaitSight();
        pool.node(2).kill();
        // A node reads its own brick first: what node 3 answers is what it was healed with.
        assertAllReadable(3, 1);
    }

    private void upload(String prefix, int through) {
        int[] sizes = {40 * KIB, 700 * KIB, 5 * 1024 * KIB + 77};
        for (int size : sizes) {
            Sample sample = new Sample(prefix + size, size, size);
            for (String volume : List.of(TWO_COPIES, THREE_COPIES)) {
                Await.until(volume + " takes " + sample.path(), RECOVERY, () -> {
                    Answer put = pool.http(through).put(volume, sample.path(), sample.bytes());
                    return put.status() == 201 || put.status() == 204;
                });
            }
            samples.add(sample);
        }
    }

    /** Reads never fail, also not right after a machine was lost. */
    private void assertAllReadable(int... nodes) throws Exception {
        for (int node : nodes) {
            for (Sample sample : samples) {
                for (String volume : List.of(TWO_COPIES, THREE_COPIES)) {
                    Answer get = pool.http(node).get(volume, sample.path());
                    assertThat(get.status()).as(get.toString()).isEqualTo(200);
                    assertThat(get.bytes()).isEqualTo(sample.bytes());
                }
            }
        }
    }
}
