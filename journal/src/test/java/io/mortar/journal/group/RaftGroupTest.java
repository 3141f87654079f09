package io.mortar.journal.group;

import static io.mortar.journal.group.GroupCluster.await;
import static io.mortar.journal.group.GroupCluster.get;
import static io.mortar.journal.group.GroupCluster.ledTerm;
import static io.mortar.journal.group.GroupCluster.read;
import static io.mortar.journal.group.GroupCluster.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftGroupTest {
    @TempDir
    Path directory;

    @Test
    void one_node_alone_leads_and_keeps_what_it_acknowledged() {
        try (GroupCluster cluster = GroupCluster.of(1, directory, "")) {
            GroupNode node = cluster.leader();
            get(node.group().append(row("k", "v"), ledTerm(node)));
            assertThat(read(node, "k")).contains("v");
            get(node.group().confirm(ledTerm(node)));
        }
    }

    @Test
    void every_member_applies_what_the_leader_acknowledged() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "v");
            cluster.nodes().forEach(node -> cluster.awaitRow(node, "k", "v"));
        }
    }

    @Test
    void an_append_sees_itself_applied_and_appends_are_answered_in_order() {
        try (GroupCluster cluster = GroupCluster.of(1, directory, "")) {
            GroupNode node = cluster.leader();
            List<CompletionStage<Long>> appends = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                appends.add(node.group().append(row("k" + i, "v" + i), ledTerm(node)));
            }
            long last = 0;
            for (CompletionStage<Long> append : appends) {
                long index = get(append);
                assertThat(index).isGreaterThan(last);
                last = index;
            }
            assertThat(read(node, "k199")).contains("v199");
        }
    }

    @Test
    void what_was_acknowledged_outlives_the_leader() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("before", "1");
            cluster.lose(cluster.leader());
            cluster.write("after", "2");
            cluster.nodes().forEach(node -> {
                cluster.awaitRow(node, "before", "1");
                cluster.awaitRow(node, "after", "2");
            });
        }
    }

    @Test
    void all_members_come_back_from_their_disks_at_other_addresses() {
        try (GroupCluster first = GroupCluster.of(3, directory, "")) {
            first.write("k", "v");
            first.nodes().forEach(first::lose);
            List<GroupNode> again = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                again.add(first.node(name).startFromDisk());
            }
            again.forEach(node -> node.group()
                    .candidates(again.stream().map(GroupNode::candidate).toList()));
            first.write("k2", "v2");
            again.forEach(node -> {
                first.awaitRow(node, "k", "v");
                first.awaitRow(node, "k2", "v2");
            });
        }
    }

    @Test
    void rows_of_another_term_are_refused_before_anything_happens() {
        try (GroupCluster cluster = GroupCluster.of(1, directory, "")) {
            GroupNode node = cluster.leader();
            assertThatThrownBy(() -> get(node.group().append(row("k", "v"), ledTerm(node) - 1)))
                    .hasCauseInstanceOf(NotLeaderException.class);
            assertThatThrownBy(() -> get(node.group().confirm(ledTerm(node) + 1)))
                    .hasCauseInstanceOf(LeadershipLostException.class);
            assertThat(read(node, "k")).isEmpty();
        }
    }

    @Test
    void a_follower_refuses_and_names_the_leader() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            GroupNode leader = cluster.leader();
            GroupNode follower = cluster.nodes().stream()
                    .filter(node -> node != leader)
                    .findFirst()
                    .orElseThrow();
            await(
                    "the follower knowing its leader",
                    () -> follower.group()
                            .status()
                            .leader()
                            .equals(leader.group().status().leader()));
            assertThatThrownBy(() -> get(follower.group().append(row("k", "v"), ledTerm(leader))))
                    .hasCauseInstanceOf(NotLeaderException.class)
                    .hasMessageContaining("does not lead");
        }
    }

    @Test
    void a_batch_that_is_larger_than_an_entry_is_refused() {
        try (GroupCluster cluster = GroupCluster.of(1, directory, "raft.entry-bytes-max = 64 KiB")) {
            GroupNode node = cluster.leader();
            assertThatThrownBy(() -> get(node.group().append(row("k", "x".repeat(65 * 1024)), ledTerm(node))))
                    .hasCauseInstanceOf(EntryTooLargeException.class)
                    .hasMessageContaining("65536");
        }
    }

    @Test
    void more_than_may_be_uncommitted_is_refused() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "raft.uncommitted-bytes-max = 100 KiB")) {
            GroupNode leader = cluster.leader();
            long term = ledTerm(leader);
            cluster.nodes().stream().filter(node -> node != leader).forEach(node -> node.cut(leader, true));
            List<CompletionStage<Long>> appends = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                appends.add(leader.group().append(row("k" + i, "x".repeat(10_000)), term));
            }
            assertThat(appends)
                    .anySatisfy(append ->
                            assertThatThrownBy(() -> get(append)).hasCauseInstanceOf(LogOverloadedException.class));
        }
    }

    @Test
    void confirmations_that_wait_leave_room_for_writes() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "waiting-max = 10")) {
            GroupNode leader = cluster.leader();
            long term = ledTerm(leader);
            cluster.nodes().stream().filter(node -> node != leader).forEach(node -> node.cut(leader, true));
            List<CompletionStage<Void>> confirmations = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                confirmations.add(leader.group().confirm(term));
            }
            CompletionStage<Long> write = leader.group().append(row("k", "x"), term);
            assertThat(confirmations)
                    .anySatisfy(confirmation -> assertThatThrownBy(() -> get(confirmation))
                            .hasCauseInstanceOf(LogOverloadedException.class));
            cluster.nodes().stream().filter(node -> node != leader).forEach(node -> node.cut(leader, false));
            assertThat(write.toCompletableFuture().handle((index, failure) -> String.valueOf(failure)))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .asString()
                    .doesNotContain("LogOverloaded");
        }
    }

    @Test
    void large_and_small_entries_arrive_in_order() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            for (int i = 0; i < 20; i++) {
                cluster.write("k" + i, (i % 2 == 0 ? "x".repeat(900_000) : "") + i);
            }
            cluster.nodes().forEach(node -> cluster.awaitRow(node, "k19", "19"));
        }
    }

    @Test
    void deletes_are_applied_everywhere() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "v");
            GroupNode leader = cluster.leader();
            RowBatch delete = RowBatch.builder()
                    .delete(Area.APPLICATION, GroupCluster.bytes("k"))
                    .build();
            await("an acknowledged delete", () -> {
                try {
                    get(leader.group().append(delete, ledTerm(leader)));
                    return true;
                } catch (CompletionException e) {
                    return read(cluster.leader(), "k").isEmpty();
                }
            });
            cluster.nodes()
                    .forEach(node -> await(
                            "the delete at " + node.name(),
                            () -> read(node, "k").isEmpty()));
        }
    }
}
