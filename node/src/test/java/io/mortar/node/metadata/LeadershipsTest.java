package io.mortar.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.group.LeadershipListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipsTest {
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> preparations = new ArrayList<>();
    private final Leaderships leaderships =
            new Leaderships(new Told(), (term, done) -> preparations.add(() -> done.accept(term)));

    @Test
    void a_leadership_is_passed_on_when_it_is_prepared() {
        leaderships.began(3);
        assertThat(leaderships.leads()).isTrue();
        assertThat(leaderships.leads(3)).isTrue();
        assertThat(leaderships.leads(2)).isFalse();
        assertThat(told).isEmpty();

        preparations.get(0).run();
        leaderships.ended(3);

        assertThat(told).containsExactly("began 3", "ended 3");
        assertThat(leaderships.leads()).isFalse();
        assertThat(leaderships.leads(3)).isFalse();
    }

    @Test
    void a_leadership_that_ends_before_it_is_prepared_is_not_passed_on() {
        leaderships.began(3);
        leaderships.ended(3);
        leaderships.began(5);

        preparations.get(0).run();
        assertThat(told).isEmpty();

        preparations.get(1).run();
        assertThat(told).containsExactly("began 5");
    }

    @Test
    void without_preparation_a_leadership_is_passed_on_at_once() {
        Leaderships direct = new Leaderships(new Told());

        direct.began(7);

        assertThat(told).containsExactly("began 7");
    }

    private final class Told implements LeadershipListener {
        @Override
        public void began(long term) {
            told.add("began " + term);
        }

        @Override
        public void ended(long term) {
            told.add("ended " + term);
        }
    }
}
