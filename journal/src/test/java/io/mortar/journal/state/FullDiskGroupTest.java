package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.bytes;
import static io.mortar.journal.state.StateFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A group's stores on a real file system of 64 MiB that fills up. Needs root. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class FullDiskGroupTest {
    /** The floor must cover the merges of both stores, which go on after a refusal: with 8 MiB they fill the disk. */
    private static final SpaceLimits LIMITS = new SpaceLimits(2 << 20, 34 << 20, 30 << 20);

    @TempDir
    static Path parent;

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        // Loads the natives from a directory that is not going to be unmounted.
        StateFixture.found(parent.resolve("other"), KvEngine.JNI).close();
        disk = Files.createDirectory(parent.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "mortar-test", disk.toString());
        assumeTrue(mounted, "SKIPPED: a tmpfs cannot be mounted here (not root?), so no test of a really full disk");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static byte[] value(long index) {
        byte[] value = new byte[20_000];
        Seeds.random(index).nextBytes(value);
        return value;
    }

    @Test
    void a_disk_that_fills_up_is_refused_in_time_and_nothing_acknowledged_is_lost() throws IOException {
        KvOptions options = KvOptions.of(DiskSpace.open(disk, LIMITS))
                .withEngine(KvEngine.JNI)
                .withMemory(256 * 1024, 0);
        long appended = 0;
        long applied = 0;
        String refusal = "none";
        try (GroupStores stores =
                GroupStores.found(disk.resolve("group"), LogFixture.IDENTITY, LogFixture.ALONE, options, options)) {
            while (appended < 10_000) {
                Entry entry = put(appended + 1, "row " + (appended + 1), value(appended + 1));
                stores.log().append(new HardState(1, LogFixture.A), List.of(entry));
                appended++;
                stores.state().apply(List.of(entry));
                applied++;
            }
        } catch (KvNoSpaceException e) {
            refusal = e.getMessage();
        }
        assertThat(refusal).contains("nearly full");
        assertThat(applied).isGreaterThan(100);
        KvOptions later = LogFixture.options(KvEngine.JNI).withMemory(256 * 1024, 0);
        try (GroupStores stores = GroupStores.open(disk.resolve("group"), LogFixture.IDENTITY, later, later)) {
            assertThat(stores.log().lastIndex()).isEqualTo(appended);
            assertThat(stores.state().applied().index()).isEqualTo(applied);
            for (long i = 1; i <= applied; i++) {
                assertThat(stores.state().applicationRows().get(bytes("row " + i)))
                        .as("row %d", i)
                        .isEqualTo(value(i));
            }
        }
    }
}
