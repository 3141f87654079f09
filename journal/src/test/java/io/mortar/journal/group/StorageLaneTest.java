package io.mortar.journal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.kv.KvNoSpaceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageLaneTest {
    private final Deque<Runnable> executor = new ArrayDeque<>();
    private final List<List<Integer>> writes = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final StorageLane<Integer> lane = new StorageLane<>(executor::add, this::write, failures::add);
    private boolean full;
    private boolean broken;

    private int write(List<Integer> queued) {
        if (full) {
            throw new KvNoSpaceException("full");
        }
        if (broken) {
            throw new StackOverflowError("broken");
        }
        List<Integer> group = List.copyOf(queued.subList(0, Math.min(2, queued.size())));
        writes.add(group);
        return group.size();
    }

    private void run() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    @Test
    void work_is_done_in_order_and_in_the_groups_that_the_writer_makes() {
        List.of(1, 2, 3).forEach(lane::submit);
        run();
        assertThat(writes).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void one_write_runs_at_a_time() {
        List.of(1, 2, 3).forEach(lane::submit);
        assertThat(executor).hasSize(1);
    }

    @Test
    void what_finds_no_room_waits_with_all_behind_it_until_it_is_tried_again() {
        full = true;
        lane.submit(1);
        run();
        lane.submit(2);
        run();
        full = false;
        assertThat(writes).isEmpty();
        lane.retry();
        run();
        assertThat(writes).containsExactly(List.of(1, 2));
        assertThat(failures).isEmpty();
    }

    @Test
    void any_other_failure_is_told_once_and_ends_the_lane() {
        broken = true;
        lane.submit(1);
        run();
        broken = false;
        lane.submit(2);
        lane.retry();
        run();
        assertThat(failures).singleElement().isInstanceOf(StackOverflowError.class);
        assertThat(writes).isEmpty();
    }

    @Test
    void a_closed_lane_drops_what_waits_and_tells_nobody_of_failures() {
        lane.submit(1);
        assertThat(lane.close()).containsExactly(1);
        broken = true;
        lane.submit(2);
        assertThat(failures).isEmpty();
    }
}
