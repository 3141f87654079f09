package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A store on a real file system of 24 MiB that fills up; without the floors the JVM of this test dies of SIGBUS. Needs root. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class FullDiskTest {
    private static final SpaceLimits LIMITS = new SpaceLimits(2 << 20, 6 << 20, 4 << 20);

    @TempDir
    static Path parent;

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        // Loads the natives from a directory that is not going to be unmounted.
        KvStores.open(parent.resolve("other"), KvOptions.of(DiskSpace.UNLIMITED))
                .close();
        disk = Files.createDirectory(parent.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "mortar-test", disk.toString());
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

    @Test
    void a_disk_that_fills_up_is_refused_in_time_and_nothing_acknowledged_is_lost() throws IOException {
        DiskSpace space = DiskSpace.open(disk, LIMITS);
        KvOptions options = KvOptions.of(space).withEngine(KvEngine.JNI).withMemory(256 * 1024, 0);
        byte[] value = new byte[20_000];
        Seeds.random(1).nextBytes(value);
        int written = 0;
        String refusal = "none";
        try (KvStore store = KvStores.open(disk.resolve("store"), options)) {
            // Merges free room at times, so only the store itself can say when it is full.
            while (written < 10_000) {
                store.write(new KvBatch().put(key(written), value));
                written++;
            }
        } catch (KvNoSpaceException e) {
            refusal = e.getMessage();
        }
        try (KvStore store = KvStores.open(disk.resolve("store"), options)) {
            for (int i = 0; i < written; i++) {
                assertThat(store.get(key(i))).as("row %d of %d", i, written).isEqualTo(value);
            }
        }
        assertThat(refusal).contains("reserve of 2097152 given up");
        assertThat(written).isGreaterThan(100);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
