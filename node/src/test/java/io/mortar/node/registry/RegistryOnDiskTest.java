package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.volume.VolumeState;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.pool.RegistryProtocol;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOnDiskTest {
    @TempDir
    private Path directory;

    @Test
    void nodes_and_volumes_outlive_the_process() {
        try (RegistryRun run = RegistryRun.onDisk(directory)) {
            run.start();
            for (int n = 1; n <= 3; n++) {
                register(run, n, FakePool.address(n));
            }
            run.create();
            run.prepareAll();
            run.control(VolumeControl.Suspend.class);
            run.answerUsage(0);
            run.described();
            run.tell(ref -> new RegistryProtocol.StartVolume(RegistryRun.VOLUME, ref));
            run.control(VolumeControl.Serve.class);
            run.answerUsage(0);
            run.described();
        }

        try (RegistryRun run = RegistryRun.onDisk(directory)) {
            run.start();
            assertThat(run.control(VolumeControl.Serve.class).bricks()).hasSize(3);
            run.describe();
            run.answerUsage(0);
            assertThat(run.described().state()).isEqualTo(VolumeState.STARTED);
        }
    }

    @Test
    void a_long_history_is_recovered_from_a_snapshot_and_the_events_after_it() {
        int last = 250;
        try (RegistryRun run = RegistryRun.onDisk(directory)) {
            run.start();
            for (int i = 0; i <= last; i++) {
                register(run, 1, "10.0.0.1:" + i);
            }
        }

        try (RegistryRun run = RegistryRun.onDisk(directory)) {
            run.pool.neverSeen(1);
            run.start();
            run.tell(RegistryProtocol.DescribePool::new);
            assertThat(run.reply(RegistryProtocol.PoolDescribed.class).nodes())
                    .extracting(RegistryProtocol.NodeStatus::address)
                    .containsExactly("10.0.0.1:" + last);
        }
    }

    private static void register(RegistryRun run, int n, String address) {
        run.tell(ref -> new RegistryProtocol.RegisterNode(FakePool.node(n), FakePool.name(n), address, ref));
        run.reply(RegistryProtocol.NodeRegistered.class);
    }
}
