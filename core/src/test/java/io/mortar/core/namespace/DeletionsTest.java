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

        volume.apply(Deletions.done(volume.context(), List.of(due)));
        assertThat(volume.due()).isEmpty();
        volume.apply(Deletions.done(volume.context(), List.of(due)));
        assertThat(volume.due()).isEmpty();
    }

    @Test
    void a_postponed_deletion_lets_others_pass_and_comes_back() {
        FileVersion pinned = volume.open("/1").version();
        FileVersion other = volume.open("/2").version();
        volume.run(new Command.AbortWrite(pinned));
        volume.run(new Command.AbortWrite(other));
        DueDeletion first = volume.due().get(0);
        assertThat(first.version()).isEqualTo(pinned);

        postpone(first, volume.nowMillis + 1000);
        assertThat(volume.dueVersions()).containsExactly(other);
        volume.nowMillis += 1000;
        assertThat(volume.dueVersions()).containsExactly(other, pinned);
    }

    @Test
    void a_deletion_that_is_done_is_not_brought_back_by_a_late_postponement() {
        volume.run(new Command.AbortWrite(volume.open("/1").version()));
        DueDeletion due = volume.due().get(0);
        volume.apply(Deletions.done(volume.context(), List.of(due)));
        postpone(due, volume.nowMillis);
        postpone(due, volume.nowMillis + 1);
        volume.nowMillis += 10;
        assertThat(volume.due()).isEmpty();
    }

    @Test
    void postponing_to_the_same_time_keeps_the_deletion() {
        volume.run(new Command.AbortWrite(volume.open("/1").version()));
        DueDeletion due = volume.due().get(0);
        postpone(due, due.dueMillis());
        assertThat(volume.due()).containsExactly(due);
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
        assertThat(volume.usage()).isEqualTo(new Usage(0, 0, 0));
        assertThat(volume.rows.rows).hasSize(1);
    }

    private void postpone(DueDeletion deletion, long dueMillis) {
        volume.apply(Deletions.postpone(volume.context(), volume.rows, List.of(deletion), dueMillis));
    }
}
