package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelocationsTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    private static final long JOB = 3;

    private final TestVolume volume = new TestVolume();

    @BeforeEach
    void oneColumn() {
        volume.spec = new VolumeSpec(1, 1, UNIT);
        volume.bricks.clear();
        IntStream.rangeClosed(1, 5).forEach(i -> volume.bricks.add(TestVolume.brick(i)));
    }

    @Test
    void a_relocation_goes_on_until_it_is_finished_and_the_old_copies_go_after_the_delay() {
        FileVersion version = volume.putLarge("/f", 3 * UNIT);
        BrickId old = layout("/f").brick(0, 0);
        BrickId target = other(old);
        RelocationPlan plan = begin(version, target);
        assertThat(plan.chunkCount()).isEqualTo(3);
        assertThat(plan.bytes()).isEqualTo(3 * UNIT);
        assertThat(plan.copies(1)).singleElement().satisfies(copy -> {
            assertThat(copy.target()).isEqualTo(target);
            assertThat(copy.sources()).containsExactly(old);
            assertThat(copy.sizeBytes()).isEqualTo(UNIT);
        });
        assertThat(underWay()).containsExactly(plan);
        assertThat(layout("/f").bricks()).containsExactly(old);

        assertThat(finish(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), true));
        assertThat(underWay()).isEmpty();
        assertThat(layout("/f").bricks()).containsExactly(target);
        assertThat(volume.file("/f").version()).isEqualTo(version);
        assertThat(volume.due()).isEmpty();
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        DueDeletion due = volume.due().get(0);
        assertThat(due.bricks()).containsExactly(old);
        assertThat(due.keptColumns(old)).isEmpty();
        assertThat(due.keptColumns(target)).containsExactly(0);
        assertThat(due.order()).isGreaterThan(plan.order());
    }

    @Test
    void copies_that_stay_are_verified_before_others_are_given_up_and_mended_from_those() {
        volume.spec = new VolumeSpec(1, 3, UNIT);
        FileVersion version = volume.putLarge("/f", 2 * UNIT);
        List<BrickId> bricks = layout("/f").bricks();
        RelocationPlan plan = begun(volume.step(command(version, layout("/f"), bricks.subList(0, 2), 2)));

        assertThat(plan.bytes()).isZero();
        assertThat(plan.copies(1))
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.sources())
                        .doesNotContain(copy.target())
                        .hasSize(2)
                        .isSubsetOf(bricks));
        assertThat(plan.copies(1)).extracting(RelocationPlan.Copy::target).isEqualTo(bricks.subList(0, 2));
    }

    @Test
    void repeated_steps_change_nothing() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId target = other(layout("/f").brick(0, 0));
        JobCommand.BeginRelocation begin = command(version, layout("/f"), List.of(target), 1);
        RelocationPlan plan = begun(volume.step(begin));
        assertThat(begun(volume.step(begin))).isEqualTo(plan);
        finish(plan);
        int rows = volume.rows.rows.hashCode();
        assertThat(finish(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), false));
        assertThat(abandon(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), false));
        assertThat(volume.rows.rows.hashCode()).isEqualTo(rows);
        assertThat(notBegun(volume.step(begin))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void an_abandoned_relocation_leaves_the_file_and_drops_at_once_what_was_copied() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId old = layout("/f").brick(0, 0);
        RelocationPlan plan = begin(version, other(old));
        assertThat(abandon(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), false));
        assertThat(layout("/f").bricks()).containsExactly(old);
        assertThat(volume.due()).singleElement().satisfies(due -> {
            assertThat(due.bricks()).containsExactly(other(old));
            assertThat(due.kept()).isEqualTo(layout("/f"));
        });
        assertThat(finish(plan)).as("too late").isEqualTo(new JobOutcome.Ended(version.inode(), false));
        assertThat(layout("/f").bricks()).containsExactly(old);
    }

    @Test
    void nothing_is_begun_towards_a_brick_that_takes_no_chunks() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId target = other(layout("/f").brick(0, 0));
        volume.bricks.replaceAll(brick -> brick.id().equals(target) ? TestVolume.leaving(brick) : brick);
        assertThat(notBegun(volume.step(command(version, layout("/f"), List.of(target), 1))))
                .isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(notBegun(volume.step(command(
                        version, layout("/f"), List.of(TestVolume.brick(77).id()), 1))))
                .isEqualTo(RefusalCode.BRICK_DOWN);
    }

    @Test
    void a_file_that_is_removed_or_replaced_in_between_takes_its_relocation_along() {
        for (boolean replaced : List.of(true, false)) {
            FileVersion version = volume.putLarge("/f", UNIT);
            BrickId old = layout("/f").brick(0, 0);
            RelocationPlan plan = begin(version, other(old));
            if (replaced) {
                volume.put("/f", "small");
            } else {
                volume.remove("/f");
            }
            assertThat(underWay()).isEmpty();
            assertThat(finish(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), false));
            volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
            assertThat(volume.due()).allSatisfy(due -> {
                assertThat(due.version()).isEqualTo(version);
                assertThat(due.kept()).isNull();
            });
            assertThat(volume.due().stream().flatMap(due -> due.bricks().stream()))
                    .containsExactlyInAnyOrder(old, other(old));
            volume.apply(Deletions.done(volume.context(), volume.rows, volume.due()));
            volume.removeAll("/f");
        }
    }

    @Test
    void a_file_that_is_renamed_in_between_arrives() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId target = other(layout("/f").brick(0, 0));
        RelocationPlan plan = begin(version, target);
        volume.move("/f", "/g");
        assertThat(finish(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), true));
        assertThat(layout("/g").bricks()).containsExactly(target);
    }

    @Test
    void what_is_kept_is_decided_when_copies_are_dropped() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId first = layout("/f").brick(0, 0);
        BrickId second = other(first);
        finish(begin(version, second));
        RelocationPlan back = begin(version, first);
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.due()).as("nothing is dropped of a file on its way").isEmpty();
        finish(back);
        assertThat(volume.due())
                .singleElement()
                .satisfies(due -> assertThat(due.bricks())
                        .as("the file is back on the brick")
                        .isEmpty());
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.due()).hasSize(2);
        assertThat(volume.due().get(1).bricks()).containsExactly(second);
    }

    @Test
    void a_late_dropping_is_above_the_relocations_that_led_to_what_is_kept() {
        volume.spec = new VolumeSpec(2, 1, UNIT);
        FileVersion version = volume.putLarge("/f", 2 * UNIT);
        Layout start = layout("/f");
        BrickId a = start.brick(0, 0);
        BrickId b = start.brick(1, 0);
        BrickId c = other(a, b);
        finish(begin(version, c, b));
        RelocationPlan second = begin(version, c, a);
        finish(second);
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        DueDeletion due = volume.due().get(0);
        assertThat(due.bricks()).as("a lost column 0 and got column 1").containsExactly(a, b);
        assertThat(due.keptColumns(a)).containsExactly(1);
        assertThat(due.order()).isGreaterThan(second.order());
    }

    @Test
    void a_dropping_stays_on_the_queue_when_the_file_moved_while_bricks_were_told() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId first = layout("/f").brick(0, 0);
        finish(begin(version, other(first)));
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        List<DueDeletion> told = volume.due();
        RelocationPlan third = begin(version, other(first, other(first)));
        volume.apply(Deletions.done(volume.context(), volume.rows, told));
        finish(third);
        volume.apply(Deletions.done(volume.context(), volume.rows, told));
        assertThat(volume.due())
                .singleElement()
                .satisfies(due -> assertThat(due.bricks()).containsExactly(first));
        volume.apply(Deletions.done(volume.context(), volume.rows, volume.due()));
        assertThat(volume.due()).isEmpty();
    }

    @Test
    void what_a_brick_lacks_is_forgotten_when_the_file_leaves_it() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        FileVersion version = reduced("/f");
        Layout layout = layout("/f");
        BrickId target = other(layout.brick(0, 0), layout.brick(0, 1));
        finish(begun(volume.step(command(version, layout, List.of(layout.brick(0, 0), target), 2))));
        assertThat(volume.usage().reducedFileCount()).isZero();
        assertThat(MissingCopies.count(volume.rows, TestVolume.ID, layout.brick(0, 1)))
                .isZero();
    }

    @Test
    void what_a_brick_lacks_that_stays_is_still_known() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        FileVersion version = reduced("/f");
        Layout layout = layout("/f");
        BrickId target = other(layout.brick(0, 0), layout.brick(0, 1));
        finish(begun(volume.step(command(version, layout, List.of(target, layout.brick(0, 1)), 2))));
        assertThat(volume.usage().reducedFileCount()).isEqualTo(1);
        assertThat(MissingCopies.count(volume.rows, TestVolume.ID, layout.brick(0, 1)))
                .isEqualTo(1);
    }

    @Test
    void the_last_complete_copy_is_not_given_up() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        FileVersion version = reduced("/f");
        Layout layout = layout("/f");
        BrickId complete = layout.brick(0, 0);
        BrickId lacking = layout.brick(0, 1);
        assertThat(notBegun(volume.step(command(version, layout, List.of(lacking), 1))))
                .isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(finish(begun(volume.step(command(version, layout, List.of(complete), 1)))))
                .isEqualTo(new JobOutcome.Ended(version.inode(), true));
    }

    @Test
    void copies_are_not_given_up_for_one_that_does_not_answer() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        FileVersion version = volume.putLarge("/f", UNIT);
        Layout layout = layout("/f");
        JobCommand.BeginRelocation keepFirst = command(version, layout, List.of(layout.brick(0, 0)), 1);
        List<BrickState> all = List.copyOf(volume.bricks);
        volume.bricks.replaceAll(brick -> brick.id().equals(layout.brick(0, 0))
                ? new BrickState(brick.id(), brick.location(), false, brick.freeBytes())
                : brick);
        assertThat(notBegun(volume.step(keepFirst))).isEqualTo(RefusalCode.BRICK_DOWN);
        volume.bricks = new ArrayList<>(all);
        assertThat(volume.step(keepFirst)).isInstanceOf(JobOutcome.Begun.class);
    }

    @Test
    void damage_that_is_found_meanwhile_keeps_the_last_complete_copy_where_it_is() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        FileVersion version = volume.putLarge("/f", UNIT);
        Layout layout = layout("/f");
        RelocationPlan plan = begun(volume.step(command(version, layout, List.of(layout.brick(0, 0)), 1)));
        volume.run(new Command.ReportDamage(version, 0, layout.brick(0, 0)));
        assertThat(finish(plan)).isEqualTo(new JobOutcome.Ended(version.inode(), false));
        assertThat(layout("/f")).isEqualTo(layout);
        assertThat(underWay()).isEmpty();
    }

    @Test
    void a_brick_is_vacant_only_when_nothing_is_on_it_or_may_come() {
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId brick = layout("/f").brick(0, 0);
        BrickId target = other(brick);
        assertThat(obstacle(target)).isEmpty();
        volume.bricks.replaceAll(state -> state.id().equals(brick) ? TestVolume.leaving(state) : state);
        assertThat(obstacle(brick)).hasValueSatisfying(why -> assertThat(why).contains("files are on it"));
        RelocationPlan plan = begin(version, target);
        assertThat(obstacle(brick)).hasValueSatisfying(why -> assertThat(why).contains("being moved"));
        assertThat(obstacle(target)).hasValueSatisfying(why -> assertThat(why).contains("being moved"));
        finish(plan);
        assertThat(obstacle(brick)).hasValueSatisfying(why -> assertThat(why).contains("kept for readers"));
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        volume.apply(Deletions.done(volume.context(), volume.rows, volume.due()));
        assertThat(obstacle(brick)).isEmpty();
    }

    @Test
    void an_open_upload_keeps_a_brick_from_being_vacant() {
        Outcome.WriteOpened opened = volume.open("/f");
        BrickId brick = opened.striping().layout().brick(0, 0);
        volume.bricks.replaceAll(state -> state.id().equals(brick) ? TestVolume.leaving(state) : state);
        assertThat(obstacle(brick)).hasValueSatisfying(why -> assertThat(why).contains("uploads"));
        volume.run(new Command.AbortWrite(opened.version()));
        volume.apply(Deletions.done(volume.context(), volume.rows, volume.due()));
        assertThat(obstacle(brick)).isEmpty();
    }

    @Test
    void a_brick_that_does_not_answer_needs_not_delete_anything_to_be_vacant() {
        volume.putLarge("/f", UNIT);
        BrickId brick = layout("/f").brick(0, 0);
        volume.remove("/f");
        assertThat(obstacle(brick)).isPresent();
        volume.bricks.replaceAll(state -> state.id().equals(brick)
                ? new BrickState(state.id(), state.location(), false, 0, false, 0, true, null)
                : state);
        assertThat(obstacle(brick)).isEmpty();
    }

    @Test
    void a_brick_that_confirmed_its_deletions_is_vacant_whoever_else_has_not() {
        volume.spec = new VolumeSpec(2, 1, UNIT);
        volume.putLarge("/f", 2 * UNIT);
        BrickId first = layout("/f").brick(0, 0);
        BrickId second = layout("/f").brick(1, 0);
        volume.remove("/f");
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(obstacle(first)).isPresent();

        confirm(first);

        assertThat(volume.due())
                .singleElement()
                .satisfies(due -> assertThat(due.bricks()).containsExactly(second));
        assertThat(obstacle(first)).isEmpty();
        assertThat(obstacle(second)).isPresent();
        confirm(second);
        volume.apply(Deletions.done(volume.context(), volume.rows, volume.due()));
        assertThat(volume.due()).isEmpty();
    }

    @Test
    void what_was_confirmed_while_a_file_was_in_one_layout_says_nothing_of_another() {
        volume.spec = new VolumeSpec(2, 1, UNIT);
        FileVersion version = volume.putLarge("/f", 2 * UNIT);
        List<BrickId> old = layout("/f").bricks();
        List<BrickId> others = volume.bricks.stream()
                .map(BrickState::id)
                .filter(brick -> !old.contains(brick))
                .limit(2)
                .toList();
        finish(begun(volume.step(command(version, layout("/f"), others, 1))));
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        confirm(old.get(0));
        assertThat(volume.due())
                .singleElement()
                .satisfies(due -> assertThat(due.bricks()).containsExactly(old.get(1)));

        finish(begun(volume.step(command(version, layout("/f"), List.of(others.get(1), others.get(0)), 1))));

        assertThat(volume.due().get(0).bricks()).containsExactlyInAnyOrderElementsOf(old);
        assertThat(obstacle(old.get(0))).isPresent();
    }

    @Test
    void a_dead_content_awaits_only_bricks_that_no_later_deletion_tells() {
        volume.spec = new VolumeSpec(1, 2, UNIT);
        FileVersion version = volume.putLarge("/f", UNIT);
        BrickId left = layout("/f").brick(0, 0);
        BrickId stays = layout("/f").brick(0, 1);
        BrickId entered = volume.bricks.stream()
                .map(BrickState::id)
                .filter(brick -> !brick.equals(left) && !brick.equals(stays))
                .findFirst()
                .orElseThrow();
        finish(begun(volume.step(command(version, layout("/f"), List.of(entered, stays), 2))));
        volume.remove("/f");
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(obstacle(stays)).isPresent();
        List<DueDeletion> told = volume.due().stream()
                .filter(due -> !due.bricks().contains(left))
                .toList();
        assertThat(told)
                .singleElement()
                .satisfies(due -> assertThat(due.bricks()).containsExactlyInAnyOrder(entered, stays));
        volume.apply(Deletions.done(volume.context(), volume.rows, told));
        assertThat(obstacle(stays)).isEmpty();
        assertThat(obstacle(entered)).isEmpty();
        assertThat(obstacle(left)).isPresent();
    }

    @Test
    void notes_of_who_confirmed_fit_into_an_event_however_wide_stripes_are() {
        volume.bricks = IntStream.range(1, 201).mapToObj(TestVolume::brick).collect(Collectors.toList());
        volume.spec = new VolumeSpec(200, 1, UNIT);
        for (int i = 0; i < 256; i++) {
            volume.putLarge("/f" + i, 200L * UNIT);
            volume.remove("/f" + i);
        }
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        int noted = 0;
        while (volume.due().stream().anyMatch(due -> due.bricks().size() > 1)) {
            Decision decision = Deletions.partly(
                    volume.context(),
                    volume.rows,
                    volume.due().stream()
                            .filter(due -> due.bricks().size() > 1)
                            .map(due -> new PartialDeletion(
                                    due,
                                    Set.copyOf(
                                            due.bricks().subList(1, due.bricks().size()))))
                            .toList());
            volume.apply(decision);
            noted += decision.changes().size();
            assertThat(decision.changes().stream()
                            .mapToInt(change -> Objects.requireNonNull(change.value()).length)
                            .sum())
                    .isBetween(1, Deletions.PARTLY_BYTES_MAX + 8192);
        }
        assertThat(noted).isEqualTo(256);
    }

    private void confirm(BrickId brick) {
        volume.apply(Deletions.partly(
                volume.context(),
                volume.rows,
                List.of(new PartialDeletion(volume.due().get(0), Set.of(brick)))));
    }

    private Optional<String> obstacle(BrickId brick) {
        Vacancy vacancy = Vacancy.of(brick);
        while (!vacancy.isDone()) {
            vacancy.look(volume.context(), volume.rows, 1);
        }
        return vacancy.obstacle();
    }

    private FileVersion reduced(String path) {
        Outcome.WriteOpened opened = volume.open(path);
        BrickId lacking = opened.striping().layout().brick(0, 1);
        volume.copiesMin = 1;
        volume.run(new Command.CommitWrite(opened.version(), WriteCondition.NONE, UNIT, 1, List.of(lacking)));
        assertThat(volume.usage().reducedFileCount()).isEqualTo(1);
        return opened.version();
    }

    private RelocationPlan begin(FileVersion version, BrickId... bricks) {
        FileWalk.Step step = Objects.requireNonNull(FileWalk.find(volume.rows, TestVolume.ID, version.inode()));
        return begun(volume.step(command(version, step.file().striping().layout(), List.of(bricks), 1)));
    }

    private static JobCommand.BeginRelocation command(
            FileVersion version, Layout from, List<BrickId> bricks, int replicaCount) {
        return new JobCommand.BeginRelocation(JOB, version, from.id(), bricks, replicaCount);
    }

    private static RelocationPlan begun(JobOutcome outcome) {
        assertThat(outcome).isInstanceOf(JobOutcome.Begun.class);
        return ((JobOutcome.Begun) outcome).plan();
    }

    private static RefusalCode notBegun(JobOutcome outcome) {
        assertThat(outcome).isInstanceOf(JobOutcome.NotBegun.class);
        return ((JobOutcome.NotBegun) outcome).refusal().code();
    }

    private JobOutcome finish(RelocationPlan plan) {
        return volume.step(new JobCommand.FinishRelocation(plan.version().inode(), plan.order()));
    }

    private JobOutcome abandon(RelocationPlan plan) {
        return volume.step(new JobCommand.AbandonRelocation(plan.version().inode(), plan.order()));
    }

    private List<RelocationPlan> underWay() {
        return Relocations.underWay(volume.rows, TestVolume.ID);
    }

    private Layout layout(String path) {
        return Objects.requireNonNull(volume.file(path).striping()).layout();
    }

    private BrickId other(BrickId... bricks) {
        return volume.bricks.stream()
                .map(brick -> brick.id())
                .filter(brick -> !List.of(bricks).contains(brick))
                .findFirst()
                .orElseThrow();
    }
}
