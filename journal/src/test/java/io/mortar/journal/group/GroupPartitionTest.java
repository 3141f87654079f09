package io.mortar.journal.group;

import static io.mortar.journal.group.GroupCluster.await;
import static io.mortar.journal.group.GroupCluster.get;
import static io.mortar.journal.group.GroupCluster.ledTerm;
import static io.mortar.journal.group.GroupCluster.read;
import static io.mortar.journal.group.GroupCluster.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupPartitionTest {
    @TempDir
    Path directory;

    private static List<GroupNode> others(GroupCluster cluster, GroupNode node) {
        return cluster.nodes().stream().filter(other -> other != node).toList();
    }

    private static void isolate(GroupCluster cluster, GroupNode node, boolean off) {
        for (GroupNode other : others(cluster, node)) {
            node.cut(other, off);
            other.cut(node, off);
        }
    }

    @Test
    void a_leader_that_is_cut_off_confirms_no_reads_and_learns_that_it_no_longer_leads() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "1");
            GroupNode old = cluster.leader();
            long term = ledTerm(old);
            isolate(cluster, old, true);
            assertThatThrownBy(() -> get(old.group().confirm(term))).hasCauseInstanceOf(LeadershipLostException.class);
            await("the end of the old leadership", () -> old.leaderships().contains("ended " + term));
            cluster.write(others(cluster, old), "k", "2");
            assertThat(read(old, "k")).contains("1");
            isolate(cluster, old, false);
            cluster.awaitRow(old, "k", "2");
        }
    }

    @Test
    void the_outcome_of_what_a_deposed_leader_had_not_finished_is_unknown_and_said_once() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            GroupNode old = cluster.leader();
            long term = ledTerm(old);
            isolate(cluster, old, true);
            AtomicInteger answers = new AtomicInteger();
            List<CompletionStage<Long>> appends = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                appends.add(old.group()
                        .append(row("lost" + i, "x"), term)
                        .whenComplete((index, failure) -> answers.incrementAndGet()));
            }
            for (CompletionStage<Long> append : appends) {
                assertThatThrownBy(() -> get(append)).hasCauseInstanceOf(LeadershipLostException.class);
            }
            cluster.write(others(cluster, old), "k", "v");
            isolate(cluster, old, false);
            cluster.awaitRow(old, "k", "v");
            assertThat(answers).hasValue(appends.size());
            assertThat(read(old, "lost0")).isEqualTo(read(cluster.leader(), "lost0"));
        }
    }

    @Test
    void leadership_is_told_in_pairs_whatever_happens() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            for (int i = 0; i < 2; i++) {
                GroupNode leader = cluster.leader();
                isolate(cluster, leader, true);
                cluster.leaderAmong(others(cluster, leader));
                isolate(cluster, leader, false);
                cluster.write("k", "v" + i);
            }
            for (GroupNode node : cluster.nodes()) {
                List<String> told = node.leaderships();
                for (int i = 0; i + 1 < told.size(); i += 2) {
                    assertThat(told.get(i)).startsWith("began ");
                    assertThat(told.get(i + 1)).isEqualTo(told.get(i).replace("began", "ended"));
                }
            }
        }
    }

    @Test
    void leadership_is_handed_over_without_waiting_for_an_election() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "v");
            GroupNode old = cluster.leader();
            long term = ledTerm(old);
            CompletionStage<Done> handed = old.group().transfer(null);
            get(handed);
            await("the end of the old leadership", () -> old.leaderships().contains("ended " + term));
            GroupNode next = cluster.leader();
            assertThat(ledTerm(next)).isGreaterThan(term);
            cluster.write("k", "v2");
            cluster.nodes().forEach(node -> cluster.awaitRow(node, "k", "v2"));
        }
    }

    @Test
    void leadership_is_handed_to_the_member_that_is_asked_for() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "v");
            GroupNode wanted = others(cluster, cluster.leader()).get(0);
            await(wanted.name() + " leading", () -> {
                GroupNode leader = cluster.leader();
                if (leader != wanted) {
                    leader.group().transfer(wanted.id());
                }
                return ledTerm(wanted) > 0;
            });
        }
    }

    @Test
    void the_only_voter_has_nobody_to_hand_over_to_and_a_follower_has_nothing_to_hand_over() {
        try (GroupCluster cluster = GroupCluster.of(1, directory, "")) {
            GroupNode node = cluster.leader();
            assertThatThrownBy(() -> get(node.group().transfer(null)))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no other living voter");
            GroupNode empty = cluster.node("empty").startFromDisk();
            assertThat(get(empty.group().transfer(null))).isEqualTo(Done.done());
        }
    }

    @Test
    void reads_that_are_asked_together_are_confirmed_together() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "v");
            await("a thousand confirmed reads of one leadership", () -> {
                GroupNode leader = cluster.leader();
                List<CompletionStage<Void>> reads = new ArrayList<>();
                for (int i = 0; i < 1000; i++) {
                    reads.add(leader.group().confirm(ledTerm(leader)));
                }
                return reads.stream().allMatch(read -> get(read.handle((done, failure) -> failure == null)));
            });
        }
    }
}
