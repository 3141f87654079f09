package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.refusal.RefusalCode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MovesTest {
    private final TestVolume volume = new TestVolume();

    @Test
    void a_moved_file_keeps_its_content_and_tag() {
        FileVersion version = volume.putLarge("/a/f", 10_000);
        volume.makeDirectory("/b");
        assertThat(volume.move("/a/f", "/b/g")).isEqualTo(new Outcome.Moved(false));
        assertThat(volume.file("/b/g").version()).isEqualTo(version);
        assertRefused(volume.lookup("/a/f"), RefusalCode.NOT_FOUND);
        assertThat(volume.usage()).isEqualTo(new Usage(1, 2, 10_000, 0));
    }

    @Test
    void a_moved_directory_takes_all_below_it_along() {
        volume.put("/a/b/c/f", "x");
        volume.makeDirectory("/to");
        volume.move("/a/b", "/to/b2");
        assertThat(volume.content("/to/b2/c/f")).isEqualTo("x");
        assertThat(volume.names("/a")).isEmpty();
        Outcome.DirectoryFound to = (Outcome.DirectoryFound) volume.lookup("/to");
        Outcome.DirectoryFound moved = (Outcome.DirectoryFound) volume.lookup("/to/b2");
        byte[] row = Objects.requireNonNull(volume.rows.get(RowKeys.inode(TestVolume.ID, moved.inode())));
        assertThat(InodeRow.decode(row).parent()).isEqualTo(to.inode());
    }

    @Test
    void a_directory_is_not_moved_into_itself() {
        volume.makeDirectories("/a/b/c");
        assertRefused(volume.move("/a", "/a/x"), RefusalCode.MOVE_INTO_ITSELF, "/a/x");
        assertRefused(volume.move("/a", "/a/b/c/x"), RefusalCode.MOVE_INTO_ITSELF);
        assertRefused(volume.move("/a", "/a/none/x"), RefusalCode.MOVE_INTO_ITSELF);
        assertRefused(volume.moveOver("/a", "/a/b"), RefusalCode.MOVE_INTO_ITSELF);
        assertRefused(volume.move("/", "/x"), RefusalCode.MOVE_INTO_ITSELF);
        assertThat(volume.move("/a", "/ab")).isEqualTo(new Outcome.Moved(false));
    }

    @Test
    void a_directory_does_not_replace_the_directory_it_is_in() {
        volume.makeDirectories("/a/b");
        assertRefused(volume.moveOver("/a/b", "/a"), RefusalCode.DIRECTORY_NOT_EMPTY);
        assertRefused(volume.moveOver("/a/b", "/"), RefusalCode.DIRECTORY_NOT_EMPTY);
    }

    @Test
    void a_file_replaces_a_file_only_if_asked_and_the_old_content_is_deleted() {
        FileVersion old = volume.putLarge("/to", 10_000);
        volume.put("/from", "x");
        assertRefused(volume.move("/from", "/to"), RefusalCode.ALREADY_EXISTS, "/to");
        assertThat(volume.moveOver("/from", "/to")).isEqualTo(new Outcome.Moved(true));
        assertThat(volume.content("/to")).isEqualTo("x");
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.dueVersions()).containsExactly(old);
        assertThat(volume.usage()).isEqualTo(new Usage(1, 0, 1, 0));
    }

    @Test
    void a_directory_replaces_only_an_empty_directory() {
        volume.put("/from/f", "x");
        volume.makeDirectory("/empty");
        volume.put("/full/f", "y");
        volume.put("/file", "z");
        assertRefused(volume.moveOver("/from", "/full"), RefusalCode.DIRECTORY_NOT_EMPTY, "/full");
        assertRefused(volume.moveOver("/from", "/file"), RefusalCode.NOT_A_DIRECTORY);
        assertRefused(volume.moveOver("/file", "/empty"), RefusalCode.IS_A_DIRECTORY, "/empty");
        assertThat(volume.moveOver("/from", "/empty")).isEqualTo(new Outcome.Moved(true));
        assertThat(volume.content("/empty/f")).isEqualTo("x");
        assertThat(volume.usage()).isEqualTo(new Usage(3, 2, 3, 0));
    }

    @Test
    void the_target_needs_a_directory_to_be_in() {
        volume.put("/f", "x");
        volume.put("/g", "x");
        assertRefused(volume.move("/f", "/none/f"), RefusalCode.NOT_FOUND, "'/none'");
        assertRefused(volume.move("/f", "/g/f"), RefusalCode.NOT_A_DIRECTORY, "'/g'");
        assertRefused(volume.move("/none", "/x"), RefusalCode.NOT_FOUND, "'/none'");
    }

    @Test
    void a_move_to_the_same_path_changes_nothing() {
        FileVersion version = volume.putLarge("/f", 10_000);
        assertThat(volume.moveOver("/f", "/f")).isEqualTo(new Outcome.Moved(false));
        assertThat(volume.file("/f").version()).isEqualTo(version);
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.due()).isEmpty();
    }
}
