package io.mortar.testkit.linearizability;

import static io.mortar.testkit.linearizability.Registers.DONE;
import static io.mortar.testkit.linearizability.Registers.add;
import static io.mortar.testkit.linearizability.Registers.compareAndSet;
import static io.mortar.testkit.linearizability.Registers.read;
import static io.mortar.testkit.linearizability.Registers.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.testkit.linearizability.Registers.Ask;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckTest {
    private final History<Ask, Integer> history = new History<>();

    @Test
    void an_empty_history_is_linearizable() {
        assertThat(verdict()).isEqualTo(new Verdict.Linearizable(0, 0));
    }

    @Test
    void a_read_during_a_write_may_see_the_old_or_the_new_value() {
        var writing = history.invoke(1, write("x", 5));
        done(2, read("x"), 0);
        done(2, read("x"), 5);
        writing.answered(DONE);
        assertThat(verdict().isLinearizable()).isTrue();
    }

    @Test
    void a_read_may_not_go_back_to_the_old_value_after_the_new_one_was_seen() {
        var writing = history.invoke(1, write("x", 5));
        done(2, read("x"), 5);
        done(3, read("x"), 0);
        writing.answered(DONE);
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void a_stale_read_after_an_answered_write_is_found() {
        done(1, write("x", 5), DONE);
        done(1, write("x", 6), DONE);
        done(2, read("x"), 5);
        assertThat(failure().culprit().input()).isEqualTo(read("x"));
        assertThat(failure().states()).isEqualTo(List.of(6));
    }

    @Test
    void a_lost_update_is_found() {
        var first = history.invoke(1, add("x", 1));
        var second = history.invoke(2, add("x", 1));
        first.answered(1);
        second.answered(1);
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void an_operation_that_was_applied_twice_is_found() {
        done(1, add("x", 1), 1);
        done(2, read("x"), 2);
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void of_racing_conditional_writes_only_one_may_win() {
        var first = history.invoke(1, compareAndSet("x", 0, 1));
        var second = history.invoke(2, compareAndSet("x", 0, 2));
        first.answered(DONE);
        second.answered(DONE);
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void an_operation_without_an_answer_may_take_effect_much_later() {
        history.invoke(1, write("x", 5));
        done(2, write("x", 6), DONE);
        done(2, read("x"), 6);
        done(2, read("x"), 5);
        assertThat(verdict().isLinearizable()).isTrue();
    }

    @Test
    void an_operation_without_an_answer_may_never_take_effect() {
        history.invoke(1, write("x", 5));
        done(2, compareAndSet("x", 0, 1), DONE);
        done(2, read("x"), 1);
        assertThat(verdict().isLinearizable()).isTrue();
    }

    @Test
    void an_operation_without_an_answer_takes_effect_at_most_once() {
        history.invoke(1, write("x", 5));
        done(2, read("x"), 5);
        done(2, write("x", 6), DONE);
        done(2, read("x"), 5);
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void an_operation_without_an_answer_takes_no_effect_before_it_was_asked_for() {
        done(2, read("x"), 5);
        history.invoke(1, write("x", 5));
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void an_operation_that_was_surely_not_done_is_no_part_of_the_history() {
        history.invoke(1, write("x", 5)).refused();
        done(2, read("x"), 5);
        assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void partitions_are_checked_apart() {
        done(1, write("x", 5), DONE);
        done(2, read("y"), 0);
        done(2, read("x"), 5);
        assertThat(verdict()).isInstanceOf(Verdict.Linearizable.class).hasFieldOrPropertyWithValue("partitions", 2);
    }

    @Test
    void the_partition_that_fails_with_the_fewest_operations_is_reported() {
        for (int i = 0; i < 5; i++) {
            done(1, write("long", i), DONE);
        }
        done(1, read("long"), 7);
        done(1, write("short", 1), DONE);
        done(1, read("short"), 0);
        done(1, read("good"), 0);
        assertThat(failure().partition()).isEqualTo("short");
        assertThat(failure().operations()).hasSize(2);
    }

    @Test
    void the_counterexample_names_the_answer_that_cannot_be_explained_and_what_came_before() {
        done(1, write("x", 5), DONE);
        done(2, read("x"), 0);
        done(2, read("x"), 5);
        assertThat(verdict()).hasToString("""
                        not linearizable in partition x: no order explains
                            [2..3] client 2: READ x 0 0 -> 0
                          states that were possible before it:
                            5
                          after 2 operations:
                            [0..1] client 1: WRITE x 5 0 -> 1
                            [2..3] client 2: READ x 0 0 -> 0""");
    }

    @Test
    void a_search_that_takes_too_long_is_given_up_and_is_no_pass() {
        manyOpenWritesAndAnImpossibleRead(24);
        Verdict verdict =
                new LinearizabilityCheck<>(new Registers(), Ask::register, 10_000).check(history.operations());
        assertThat(verdict).isInstanceOf(Verdict.GaveUp.class);
        assertThat(verdict.isLinearizable()).isFalse();
    }

    @Test
    void a_search_within_its_bound_ends_with_a_verdict() {
        manyOpenWritesAndAnImpossibleRead(8);
        Verdict verdict =
                new LinearizabilityCheck<>(new Registers(), Ask::register, 10_000).check(history.operations());
        assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void a_failure_in_one_partition_outweighs_a_search_given_up_in_another() {
        manyOpenWritesAndAnImpossibleRead(24);
        done(1, read("y"), 3);
        Verdict verdict =
                new LinearizabilityCheck<>(new Registers(), Ask::register, 10_000).check(history.operations());
        assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void many_operations_without_an_answer_do_not_make_a_good_history_costly() {
        for (int i = 0; i < 200; i++) {
            history.invoke(i, write("x", 1000 + i));
            done(0, write("x", i), DONE);
            done(0, read("x"), i % 2 == 0 ? i : 1000 + i);
        }
        assertThat(verdict())
                .isInstanceOfSatisfying(
                        Verdict.Linearizable.class,
                        passed -> assertThat(passed.steps()).isLessThan(200_000));
    }

    @Test
    void an_answer_comes_at_most_once() {
        var call = history.invoke(1, read("x"));
        call.answered(0);
        assertThatThrownBy(() -> call.answered(0)).isInstanceOf(IllegalStateException.class);
    }

    private void manyOpenWritesAndAnImpossibleRead(int count) {
        for (int i = 1; i <= count; i++) {
            history.invoke(i, add("x", 1 << i));
        }
        done(0, read("x"), 1);
    }

    private void done(int client, Ask ask, int answer) {
        history.invoke(client, ask).answered(answer);
    }

    private Verdict verdict() {
        return Registers.check().check(history.operations());
    }

    private Verdict.NotLinearizable failure() {
        return (Verdict.NotLinearizable) verdict();
    }
}
