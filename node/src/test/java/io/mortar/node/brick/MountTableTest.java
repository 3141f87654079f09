package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {
    @TempDir
    Path directory;

    private MountTable.Mount mountOf(String path) throws Exception {
        Path file = directory.resolve("mountinfo");
        Files.writeString(file, """
                22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
                30 22 254:16 / /srv rw,relatime shared:5 master:2 - xfs /dev/vdb rw
                31 30 254:32 / /srv/my\\040disk rw - btrfs /dev/vdc rw
                32 22 0:44 / /srv rw - tmpfs none rw
                short line
                """);
        return new MountTable(file).mountOf(Path.of(path));
    }

    @Test
    void a_path_is_on_the_last_mount_of_the_longest_mount_point_above_it() throws Exception {
        assertThat(mountOf("/home/x")).isEqualTo(new MountTable.Mount("254:0", "/", "ext4"));
        assertThat(mountOf("/srv/brick")).isEqualTo(new MountTable.Mount("0:44", "/srv", "tmpfs"));
        assertThat(mountOf("/srvbrick")).isEqualTo(new MountTable.Mount("254:0", "/", "ext4"));
        assertThat(mountOf("/srv/my disk/brick")).isEqualTo(new MountTable.Mount("254:32", "/srv/my disk", "btrfs"));
    }

    @Test
    void the_mounts_of_this_process_can_be_read() throws Exception {
        assertThat(MountTable.ofThisProcess().mountOf(directory.toRealPath()).mountPoint())
                .startsWith("/");
    }
}
