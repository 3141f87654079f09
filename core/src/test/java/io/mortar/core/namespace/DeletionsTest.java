package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeletionsTest {
    private final TestVolume volume = new TestVolume();

    @Test
    void deletions_are_due_in_order_of_time_and_never_early() {
        FileVersion first = volume.putLarge("/1", 10_000);
        FileVersion second = volume.putLarge("/2", 10_000);
        volume.remove("/2");
        volume.nowMillis += 10;
        volume.remove("/1");

        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS - 11;
        assertThat(volume.due()).isEmpty();
        volume.nowMillis += 1;
        assertThat(volume.dueVersions()).containsExactly(second);
        volume.nowMillis += 10;
        assertThat(volume.dueVersions()).containsExactly(second, first);
        assertThat(Deletions.due(volume.context(), volume.rows, 1)).hasSize(1);
    }

    @Test
    void a_deletion_names_the_bricks_of_its_layout_until_it_is_done() {
        volume.run(new Command.AbortWrite(volume.open("/f").version()));
        DueDeletion due = volume.due().get(0);
        assertThat(due.bricks())
                .containsExactlyInAnyOrderElementsOf(
                        volume.bricks.stream().map(brick -> brick.id()).toList());

        volume.apply(Deletions.done(volume.context(), volume.rows, List.of(due)));
        assertThat(volume.due()).isEmpty();
        volume.apply(Deletions.done(volume.context(), volume.rows, List.of(due)));
        assertThat(volume.due()).isEmpty();
    }

    @Test
    void deletions_behind_one_that_has_to_wait_are_found() {
        for (int i = 0; i < 3; i++) {
            volume.run(new Command.AbortWrite(volume.open("/" + i).version()));
        }
        List<DueDeletion> all = volume.due();
        volume.open("/later");
        volume.putLarge("/not-due", 10_000);
        volume.remove("/not-due");

        assertThat(after(all.get(0), 1)).containsExactly(all.get(1));
        assertThat(after(all.get(0), 10)).containsExactly(all.get(1), all.get(2));
        volume.apply(Deletions.done(volume.context(), volume.rows, all.subList(1, 2)));
        assertThat(after(all.get(1), 10)).containsExactly(all.get(2));
        assertThat(after(all.get(2), 10)).isEmpty();
    }

    @Test
    void nothing_detached_means_no_changes() {
        assertThat(Deletions.purgeDetached(volume.context(), volume.rows, 10).changes())
                .isEmpty();
        volume.put("/d/f", "x");
        assertThat(Deletions.purgeDetached(volume.context(), volume.rows, 10).changes())
                .isEmpty();
    }

    @Test
    void deeply_nested_directories_are_purged_completely() {
        volume.makeDirectories("/d" + "/x".repeat(200));
        volume.removeAll("/d");
        assertThat(volume.purge(3)).isGreaterThan(60);
        assertThat(volume.usage()).isEqualTo(new Usage(0, 0, 0, 0));
        assertThat(volume.rows.rows).hasSize(1);
    }

    private List<DueDeletion> after(DueDeletion deletion, int limit) {
        return Deletions.dueAfter(volume.context(), volume.rows, deletion, limit);
    }
}
