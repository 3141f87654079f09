package io.mortar.journal.group;

import static io.mortar.journal.group.GroupCluster.await;
import static io.mortar.journal.group.GroupCluster.get;
import static io.mortar.journal.group.GroupCluster.ledTerm;
import static io.mortar.journal.group.GroupCluster.read;
import static io.mortar.journal.group.GroupCluster.row;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended while leadership is handed over. On a busy machine a leader may lose its leadership before: then it is tried again. */
class GroupHandoverTest {
    private static final int APPENDS = 3;

    @TempDir
    Path directory;

    /** A handover and what was appended after it had begun. */
    private record Attempt(
            GroupNode leader, long term, CompletionStage<Done> handover, List<CompletionStage<Long>> appends) {
        static Attempt begin(GroupNode leader, GroupNode to, String key) {
            long term = ledTerm(leader);
            CompletionStage<Done> handover = leader.group().transfer(to.id());
            List<CompletionStage<Long>> appends = new ArrayList<>();
            for (int i = 0; i < APPENDS; i++) {
                appends.add(leader.group().append(row(key, "v" + i), term));
            }
            return new Attempt(leader, term, handover, appends);
        }

        boolean isGivenUp() {
            return failure(handover) instanceof IllegalStateException;
        }

        boolean isLeadershipOver() {
            return leader.leaderships().contains("ended " + term);
        }
    }

    private static @Nullable Throwable failure(CompletionStage<?> stage) {
        try {
            get(stage);
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static GroupNode other(GroupCluster cluster, GroupNode leader) {
        return cluster.nodes().stream()
                .filter(node -> node != leader)
                .findFirst()
                .orElseThrow();
    }

    private static void cut(GroupNode one, GroupNode other, boolean off) {
        one.cut(other, off);
        other.cut(one, off);
    }

    @Test
    void appends_wait_for_a_handover_and_are_made_in_order_when_nobody_takes_over() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            await("appends that outlive a handover", () -> {
                GroupNode leader = cluster.leader();
                GroupNode silent = other(cluster, leader);
                cut(leader, silent, true);
                Attempt attempt = Attempt.begin(leader, silent, "k");
                boolean givenUp = attempt.isGivenUp();
                List<Long> indexes = new ArrayList<>();
                for (CompletionStage<Long> append : attempt.appends()) {
                    Throwable failure = failure(append);
                    if (failure == null) {
                        indexes.add(get(append));
                    } else {
                        assertThat(attempt.isLeadershipOver())
                                .as("failed by %s", failure)
                                .isTrue();
                    }
                }
                cut(leader, silent, false);
                assertThat(indexes).isSorted();
                return givenUp
                        && indexes.size() == APPENDS
                        && read(leader, "k").filter("v2"::equals).isPresent();
            });
        }
    }

    @Test
    void appends_that_wait_for_a_handover_are_refused_when_it_succeeds_and_are_never_made() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            AtomicInteger attempts = new AtomicInteger();
            await("a handover", () -> {
                String key = "k" + attempts.incrementAndGet();
                GroupNode leader = cluster.leader();
                Attempt attempt = Attempt.begin(leader, other(cluster, leader), key);
                if (failure(attempt.handover()) != null) {
                    return false;
                }
                attempt.appends().forEach(append -> assertThat(failure(append)).isInstanceOf(NotLeaderException.class));
                assertThat(attempt.isLeadershipOver()).isTrue();
                cluster.write("after", "1");
                assertThat(read(cluster.leader(), key)).isEmpty();
                return true;
            });
        }
    }
}
