package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.testkit.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    private final TestVolume volume = new TestVolume();

    @Test
    void files_on_the_same_bricks_share_a_layout() {
        Layout first = open();
        assertThat(IntStream.range(0, 50).mapToObj(i -> open())).containsOnly(first);
        assertThat(first.id()).isEqualTo(1);
        assertThat(layoutCount()).isEqualTo(1);
    }

    @Test
    void new_files_go_to_the_bricks_that_are_up_and_old_layouts_are_used_again() {
        Layout all = open();
        BrickState down = volume.bricks.get(1);
        volume.bricks.set(1, TestVolume.brick(2, "bt2", false, 1L << 40));
        Layout without = open();
        assertThat(without.bricks()).hasSize(2).doesNotContain(down.id());
        volume.bricks.set(1, down);
        assertThat(open()).isEqualTo(all);
        assertThat(layoutCount()).isEqualTo(2);
    }

    @Test
    void new_files_do_not_go_to_a_brick_that_is_leaving_and_its_files_are_where_they_were() {
        volume.putLarge("/old", 1_000_000);
        volume.bricks.set(1, TestVolume.leaving(volume.bricks.get(1)));

        assertThat(open().bricks())
                .hasSize(2)
                .doesNotContain(volume.bricks.get(1).id());
        assertThat(volume.file("/old").locations())
                .extracting(BrickLocation::toString)
                .containsExactlyInAnyOrder("bt1:/srv/brick1", "bt2:/srv/brick2", "bt3:/srv/brick3");
    }

    @Test
    void at_the_bound_no_layout_with_a_brick_that_is_leaving_is_used_even_if_the_other_copies_are_enough() {
        volume.spec = new VolumeSpec(1, 2, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
        RandomGenerator random = Seeds.random(3);
        volume.bricks.clear();
        for (int i = 1; i <= 3; i++) {
            for (int n = 0; n < 15; n++) {
                volume.bricks.add(TestVolume.brick(i * 100 + n, "bt" + i, true, 1L << 40));
            }
        }
        volume.copiesMin = 1;
        openOften(random, 9_000);
        volume.bricks.replaceAll(brick -> switch (brick.location().node().value()) {
            case "bt2" -> TestVolume.brick(number(brick), "bt2", false, 1L << 40);
            case "bt3" -> TestVolume.leaving(brick);
            default -> brick;
        });
        Set<BrickId> leaving = volume.bricks.stream()
                .filter(BrickState::leaving)
                .map(BrickState::id)
                .collect(Collectors.toSet());

        for (int i = 0; i < 300; i++) {
            volume.seed = random.nextLong();
            assertThat(open().bricks()).hasSize(2).doesNotContainAnyElementsOf(leaving);
        }
    }

    private static int number(BrickState brick) {
        return (int) brick.id().value().getLeastSignificantBits();
    }

    @Test
    void a_brick_that_was_detached_has_a_place_that_says_so() {
        volume.putLarge("/old", 1_000_000);
        BrickState detached = volume.bricks.remove(1);

        assertThat(volume.file("/old").locations())
                .extracting(BrickLocation::toString)
                .containsExactlyInAnyOrder("bt1:/srv/brick1", "detached:/" + detached.id(), "bt3:/srv/brick3");
    }

    @Test
    void every_brick_is_found_by_its_layouts() {
        Layout layout = open();
        NamespaceReader reader = new NamespaceReader(TestVolume.ID, volume.rows);
        for (BrickId brick : layout.bricks()) {
            assertThat(reader.layoutsOf(brick, 10)).containsExactly(layout.id());
        }
    }

    @Test
    void no_brick_up_refuses_large_files_by_the_names_of_the_bricks_and_takes_small_ones() {
        volume.bricks.replaceAll(brick -> new BrickState(brick.id(), brick.location(), false, brick.freeBytes()));
        assertRefused(
                volume.run(new Command.OpenWrite(TestVolume.path("/f"), WriteCondition.NONE, -1)),
                RefusalCode.BRICK_DOWN,
                "/f",
                "bt1:/srv/brick1",
                "bt3:/srv/brick3");
        assertThat(volume.put("/f", "small")).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void bricks_that_a_writer_found_full_or_failing_are_not_chosen() {
        BrickId full = volume.bricks.get(0).id();
        BrickId failed = volume.bricks.get(1).id();
        Outcome.WriteOpened opened = (Outcome.WriteOpened) volume.run(avoiding(List.of(full), List.of(failed)));
        assertThat(opened.striping().layout().bricks())
                .doesNotContain(full, failed)
                .isNotEmpty();
    }

    @Test
    void when_a_writer_found_all_bricks_full_there_is_no_space_and_when_they_failed_they_are_down() {
        List<BrickId> all = volume.bricks.stream().map(BrickState::id).toList();
        assertRefused(volume.run(avoiding(all, List.of())), RefusalCode.NO_SPACE);
        assertRefused(volume.run(avoiding(List.of(), all)), RefusalCode.BRICK_DOWN);
    }

    private static Command.OpenWrite avoiding(List<BrickId> full, List<BrickId> failed) {
        return new Command.OpenWrite(TestVolume.path("/f"), WriteCondition.NONE, -1, full, failed);
    }

    @Test
    void layouts_stay_bounded_while_free_space_changes_and_added_bricks_are_used() {
        volume.spec = new VolumeSpec(4, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
        RandomGenerator random = Seeds.random(1);
        volume.bricks.clear();
        for (int i = 1; i <= 12; i++) {
            volume.bricks.add(TestVolume.brick(i));
        }
        openOften(random, 6_000);
        long before = layoutCount();
        assertThat(before).isGreaterThan(100).isLessThanOrEqualTo(12 * Layouts.PER_BRICK_MAX);

        openOften(random, 3_000);
        assertThat(layoutCount()).isLessThanOrEqualTo(12 * Layouts.PER_BRICK_MAX);

        volume.bricks.add(TestVolume.brick(13));
        BrickId added = volume.bricks.get(12).id();
        Set<Layout> after = openOften(random, 500);
        assertThat(after).anyMatch(layout -> layout.bricks().contains(added));
        assertThat(layoutCount()).isLessThanOrEqualTo(13 * Layouts.PER_BRICK_MAX);
    }

    @Test
    void at_the_bound_a_known_layout_is_used_whose_bricks_are_all_up() {
        volume.spec = new VolumeSpec(4, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
        RandomGenerator random = Seeds.random(2);
        volume.bricks.clear();
        for (int i = 1; i <= 12; i++) {
            volume.bricks.add(TestVolume.brick(i));
        }
        openOften(random, 9_000);
        volume.bricks.set(4, TestVolume.brick(5, "bt5", false, 1L << 40));
        BrickId down = volume.bricks.get(4).id();
        for (int i = 0; i < 200; i++) {
            volume.seed = random.nextLong();
            assertThat(open().bricks()).hasSize(4).doesNotContain(down);
        }
    }

    private Set<Layout> openOften(RandomGenerator random, int times) {
        Set<Layout> layouts = new HashSet<>();
        for (int i = 0; i < times; i++) {
            volume.seed = random.nextLong();
            volume.bricks.replaceAll(brick -> new BrickState(
                    brick.id(), brick.location(), brick.accepting(), (1L << 30) + random.nextLong(1L << 32)));
            layouts.add(open());
        }
        return layouts;
    }

    private Layout open() {
        Outcome.WriteOpened opened = volume.open("/f");
        volume.run(new Command.AbortWrite(opened.version()));
        List<DueDeletion> due = volume.due();
        volume.apply(Deletions.done(volume.context(), volume.rows, due));
        return opened.striping().layout();
    }

    private int layoutCount() {
        return volume.rows
                .rows
                .subMap(RowKeys.first(Table.LAYOUT, TestVolume.ID), RowKeys.end(Table.LAYOUT, TestVolume.ID))
                .size();
    }
}
