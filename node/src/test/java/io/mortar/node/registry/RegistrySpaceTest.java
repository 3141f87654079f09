package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.pool.RegistryProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySpaceTest {
    private static final long PLENTY = 10_000;
    private static final long NO_GROWTH = 500;
    private static final long NO_WRITES = 50;

    @TempDir
    Path directory;

    private final AtomicLong usableBytes = new AtomicLong(PLENTY);
    private final RegistryRun run = new RegistryRun();

    @BeforeEach
    void limit() throws IOException {
        run.space = DiskSpace.open(directory, new SpaceLimits(0, 1000, 100), usableBytes::get);
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void a_nearly_full_disk_takes_no_new_volumes_and_still_deletes() {
        run.startAfter(RegistryRun.creating(), new RegistryEvent.VolumeCreated(RegistryRun.FIRST));
        run.control(VolumeControl.Suspend.class);
        usableBytes.set(NO_GROWTH);

        run.tell(ref -> new RegistryProtocol.RegisterNode(FakePool.node(2), FakePool.name(2), "10.0.0.2:1", ref));
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.NO_SPACE);

        run.delete();
        run.drop();
        run.releaseAll();
        run.reply(RegistryProtocol.VolumeDeleted.class);
        run.create();
        assertThat(run.refusal().text()).contains("nearly full").contains("500 bytes usable");
    }

    @Test
    void a_full_disk_takes_no_changes_and_still_answers() {
        run.startAfter(RegistryRun.creating(), new RegistryEvent.VolumeCreated(RegistryRun.FIRST));
        run.control(VolumeControl.Suspend.class);
        usableBytes.set(NO_WRITES);

        run.delete();
        assertThat(run.refusal().code()).isEqualTo(RefusalCode.NO_SPACE);
        run.tell(
                ref -> new RegistryProtocol.RegisterNode(FakePool.node(1), FakePool.name(1), FakePool.address(1), ref));
        run.reply(RegistryProtocol.NodeRegistered.class);
    }

    @Test
    void steps_that_find_the_disk_full_are_taken_when_there_is_room() {
        run.startAfter();
        run.create();
        List<BrickAdminProtocol.PrepareBrick> asked = List.of(run.prepare(1), run.prepare(2), run.prepare(3));
        usableBytes.set(NO_WRITES);
        asked.forEach(RegistryRun::answer);
        run.settle();
        assertThat(run.events()).hasSize(4);

        usableBytes.set(PLENTY);
        run.time.timePasses(Duration.ofSeconds(5));

        run.control(VolumeControl.Suspend.class);
        run.answerUsage(0);
        run.described();
    }
}
