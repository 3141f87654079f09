package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissingCopiesTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;

    private final TestVolume volume = new TestVolume();

    @BeforeEach
    void threeCopies() {
        volume.spec = new VolumeSpec(1, 3, UNIT);
    }

    @Test
    void a_commit_records_the_bricks_that_lack_chunks_and_counts_the_file_once() {
        Outcome.WriteOpened opened = volume.open("/f");
        assertThat(opened.copiesMin()).isEqualTo(2);
        assertThat(opened.unavailable()).isEmpty();
        BrickId lacking = opened.striping().layout().brick(0, 2);
        assertThat(commit(opened, 100_000, lacking)).isInstanceOf(Outcome.Written.class);
        assertThat(missing(lacking)).containsExactly(new MissingCopy(lacking, opened.version(), List.of()));
        assertThat(MissingCopies.count(volume.rows, TestVolume.ID, lacking)).isEqualTo(1);
        assertThat(volume.usage().reducedFileCount()).isEqualTo(1);
    }

    @Test
    void bricks_that_are_down_are_told_to_the_writer() {
        volume.bricks.set(2, TestVolume.brick(3, "bt3", false, 0));
        Outcome.WriteOpened opened = volume.open("/f");
        assertThat(opened.unavailable()).containsExactly(volume.bricks.get(2).id());
        assertThat(opened.striping().layout().bricks()).hasSize(3);
    }

    @Test
    void too_few_copies_or_a_strange_brick_are_refused_and_leave_the_lease_open() {
        Outcome.WriteOpened opened = volume.open("/f");
        List<BrickId> bricks = opened.striping().layout().bricks();
        assertRefused(commit(opened, 100_000, bricks.get(0), bricks.get(1)), RefusalCode.BRICK_DOWN, "1 of at least 2");
        assertRefused(commit(opened, 100_000, TestVolume.brick(9).id()), RefusalCode.BAD_REQUEST, "lack chunks");
        assertThat(commit(opened, 100_000)).isInstanceOf(Outcome.Written.class);
        assertThat(volume.usage().reducedFileCount()).isZero();
    }

    @Test
    void an_empty_file_lacks_nothing() {
        Outcome.WriteOpened opened = volume.open("/f");
        commit(opened, 0, opened.striping().layout().brick(0, 0));
        assertThat(volume.usage().reducedFileCount()).isZero();
    }

    @Test
    void what_was_missing_goes_with_the_file() {
        BrickId lacking = reduced("/replaced");
        reduced("/removed");
        reduced("/d/below");
        assertThat(missing(lacking)).hasSize(3);
        volume.put("/replaced", "small");
        volume.remove("/removed");
        volume.removeAll("/d");
        volume.purge(10);
        assertThat(missing(lacking)).isEmpty();
        assertThat(volume.usage().reducedFileCount()).isZero();
    }

    @Test
    void a_moved_file_still_lacks_its_chunks() {
        BrickId lacking = reduced("/f");
        volume.move("/f", "/g");
        assertThat(missing(lacking)).hasSize(1);
        assertThat(MissingCopies.plan(volume.rows, missing(lacking).get(0))).isNotNull();
    }

    @Test
    void a_plan_has_every_chunk_of_the_bricks_column() {
        volume.spec = new VolumeSpec(2, 3, UNIT);
        IntStream.rangeClosed(4, 6).forEach(i -> volume.bricks.add(TestVolume.brick(i)));
        Outcome.WriteOpened opened = volume.open("/f");
        Striping striping = opened.striping();
        BrickId lacking = striping.layout().brick(1, 0);
        List<BrickId> others = striping.layout().column(1).subList(1, 3);
        commit(opened, 5 * UNIT - 1L, lacking);
        HealPlan plan = plan(missing(lacking).get(0));
        List<Integer> chunks = new ArrayList<>();
        for (OptionalInt i = plan.next(-1); i.isPresent(); i = plan.next(i.getAsInt())) {
            chunks.add(i.getAsInt());
            assertThat(plan.sources(i.getAsInt())).containsExactlyInAnyOrderElementsOf(others);
        }
        assertThat(chunks)
                .isEqualTo(IntStream.range(0, 5)
                        .filter(i -> striping.columnOf(i) == 1)
                        .boxed()
                        .toList());
        assertThat(plan.chunkSizeBytes(4)).isEqualTo(UNIT - 1);
        assertThat(plan.chunk(2).file()).isEqualTo(opened.version());
    }

    @Test
    void healed_forgets_exactly_what_was_healed() {
        BrickId lacking = reduced("/f");
        MissingCopy copy = missing(lacking).get(0);
        volume.apply(MissingCopies.healed(volume.context(), volume.rows, copy));
        volume.apply(MissingCopies.healed(volume.context(), volume.rows, copy));
        assertThat(missing(lacking)).isEmpty();
        assertThat(volume.usage().reducedFileCount()).isZero();
    }

    @Test
    void more_damage_that_is_reported_while_it_is_healed_stays() {
        FileVersion version = volume.putLarge("/f", 3 * UNIT);
        BrickId brick = bricks("/f").get(0);
        assertThat(report(version, 1, brick)).isEqualTo(new Outcome.DamageNoted(true));
        MissingCopy copy = missing(brick).get(0);
        assertThat(copy.chunks()).containsExactly(1);
        assertThat(report(version, 0, brick)).isEqualTo(new Outcome.DamageNoted(true));
        volume.apply(MissingCopies.healed(volume.context(), volume.rows, copy));
        assertThat(missing(brick).get(0).chunks()).containsExactly(0, 1);
        assertThat(plan(missing(brick).get(0)).next(-1)).hasValue(0);
        assertThat(plan(missing(brick).get(0)).next(1)).isEmpty();
    }

    @Test
    void reported_damage_is_noted_once_and_only_where_another_brick_has_a_copy() {
        FileVersion version = volume.putLarge("/f", 3 * UNIT);
        BrickId brick = bricks("/f").get(1);
        assertThat(report(version, 2, brick)).isEqualTo(new Outcome.DamageNoted(true));
        assertThat(report(version, 2, brick)).isEqualTo(new Outcome.DamageNoted(false));
        assertThat(report(version, 3, brick)).isEqualTo(new Outcome.DamageNoted(false));
        assertThat(report(version, -1, brick)).isEqualTo(new Outcome.DamageNoted(false));
        assertThat(report(version, 2, TestVolume.brick(9).id())).isEqualTo(new Outcome.DamageNoted(false));
        assertThat(volume.usage().reducedFileCount()).isEqualTo(1);
        volume.remove("/f");
        assertThat(report(version, 1, brick)).isEqualTo(new Outcome.DamageNoted(false));
        assertThat(volume.usage().reducedFileCount()).isZero();

        volume.spec = new VolumeSpec(3, 1, UNIT);
        FileVersion plain = volume.putLarge("/plain", UNIT);
        assertThat(report(plain, 0, bricks("/plain").get(0))).isEqualTo(new Outcome.DamageNoted(false));
    }

    @Test
    void with_very_many_damaged_chunks_all_of_the_bricks_are_looked_after() {
        MissingRow row = new MissingRow(1, List.of(0));
        for (int i = 1; i <= MissingRow.CHUNK_COUNT_MAX; i++) {
            row = row.with(i);
        }
        assertThat(row).isEqualTo(MissingRow.all(1));
        assertThat(row.with(5)).isEqualTo(row);
    }

    @Test
    void pages_continue_after_the_last_file() {
        BrickId lacking = reduced("/a");
        reduced("/b");
        reduced("/c");
        List<MissingCopy> all = missing(lacking);
        long last = all.get(0).version().inode();
        assertThat(MissingCopies.of(volume.rows, TestVolume.ID, lacking, last, 1))
                .containsExactly(all.get(1));
    }

    private BrickId reduced(String path) {
        Outcome.WriteOpened opened =
                (Outcome.WriteOpened) volume.run(new Command.OpenWrite(TestVolume.path(path), WriteCondition.NONE, -1));
        BrickId lacking = opened.striping().layout().brick(0, 2);
        assertThat(commit(opened, 100_000, lacking)).isInstanceOf(Outcome.Written.class);
        return lacking;
    }

    private Outcome commit(Outcome.WriteOpened opened, long sizeBytes, BrickId... missing) {
        return volume.run(
                new Command.CommitWrite(opened.version(), WriteCondition.NONE, sizeBytes, 1, List.of(missing)));
    }

    private Outcome report(FileVersion version, int index, BrickId brick) {
        return volume.run(new Command.ReportDamage(version, index, brick));
    }

    private List<MissingCopy> missing(BrickId brick) {
        return MissingCopies.of(volume.rows, TestVolume.ID, brick, 0, 100);
    }

    private HealPlan plan(MissingCopy copy) {
        return Objects.requireNonNull(MissingCopies.plan(volume.rows, copy));
    }

    private List<BrickId> bricks(String path) {
        return Objects.requireNonNull(volume.file(path).striping()).layout().bricks();
    }
}
