package io.mortar.journal.group;

import static io.mortar.journal.group.GroupCluster.await;
import static io.mortar.journal.group.GroupCluster.id;
import static io.mortar.journal.group.GroupCluster.membershipOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.membership.Candidate;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupGrowthTest {
    private static final String SHORT_LOG = "retention.entries = 5, retention.bytes = 256 KiB";

    @TempDir
    Path directory;

    private static List<Candidate> candidates(GroupCluster cluster) {
        return cluster.nodes().stream().map(GroupNode::candidate).toList();
    }

    /** Waits as an application does, which tells the nodes again and again: whoever leads acts on what it was told since it leads. */
    private static void awaitWith(
            List<Candidate> candidates, GroupCluster cluster, String what, BooleanSupplier condition) {
        await(what, () -> {
            cluster.nodes().forEach(node -> node.group().candidates(candidates));
            return condition.getAsBoolean();
        });
    }

    private static void fill(GroupCluster cluster, int mebibytes) {
        for (int i = 0; i < mebibytes * 2; i++) {
            cluster.write("large" + i, "x".repeat(512 * 1024) + i);
        }
    }

    private static void awaitVoters(List<Candidate> candidates, GroupCluster cluster, String... names) {
        awaitWith(
                candidates,
                cluster,
                "voters " + String.join(",", names),
                () -> cluster.nodes().stream()
                        .anyMatch(node -> node.group().status().leads()
                                && membershipOf(node).voters().stream()
                                        .map(Object::toString)
                                        .toList()
                                        .equals(List.of(names))));
    }

    @Test
    void one_node_grows_to_three_voters_by_snapshots_and_goes_on() {
        try (GroupCluster cluster = GroupCluster.of(1, directory, SHORT_LOG)) {
            fill(cluster, 12);
            GroupNode first = cluster.leader();
            await(
                    "a log that no longer begins at 1",
                    () -> first.group().status().positions().firstIndex() > 1);
            GroupNode second = cluster.node("b").startFromDisk();
            GroupNode third = cluster.node("c").startFromDisk();
            first.group().candidates(candidates(cluster));
            cluster.write(List.of(first), "during", "1");
            awaitVoters(candidates(cluster), cluster, "a", "b", "c");
            cluster.write("after", "2");
            for (GroupNode node : List.of(second, third)) {
                cluster.awaitRow(node, "after", "2");
                cluster.awaitRow(node, "during", "1");
                cluster.awaitRow(node, "large23", "x".repeat(512 * 1024) + 23);
                assertThat(node.group().status().positions().snapshotIndex()).isPositive();
            }
            cluster.lose(first);
            cluster.write("without the first", "3");
        }
    }

    @Test
    void a_node_without_a_copy_waits_and_never_stands_for_election() {
        GroupCluster cluster = new GroupCluster(directory, "");
        try (cluster) {
            GroupNode empty = cluster.node("b").startFromDisk();
            GroupNode founder = cluster.node("a");
            cluster.found(founder);
            for (int i = 0; i < 20; i++) {
                cluster.write(List.of(founder), "k" + i, "v");
            }
            assertThat(empty.group().status().term()).isZero();
            assertThat(empty.leaderships()).isEmpty();
            awaitWith(
                    candidates(cluster),
                    cluster,
                    "a learner",
                    () -> membershipOf(founder).contains(id("b"))
                            && !membershipOf(founder).isVoter(id("b")));
            cluster.awaitRow(empty, "k19", "v");
        }
    }

    /** Every node comes back at another port, so in the end no address is what it was when the group was founded. */
    @Test
    void members_that_come_back_elsewhere_one_after_the_other_find_each_other_by_what_the_log_says() {
        try (GroupCluster cluster = GroupCluster.of(3, directory, "")) {
            cluster.write("k", "v");
            for (String name : List.of("c", "b", "a")) {
                cluster.lose(named(cluster, name));
                cluster.node(name).startFromDisk();
                awaitNoted(cluster, name);
            }
            for (String name : List.of("a", "b")) {
                cluster.lose(named(cluster, name));
            }
            cluster.node("a").startFromDisk();
            cluster.write("k", "v2");
        }
    }

    private static GroupNode named(GroupCluster cluster, String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until every node has it in its log where the one called {@code name} is. */
    private static void awaitNoted(GroupCluster cluster, String name) {
        String address = named(cluster, name).address();
        cluster.nodes()
                .forEach(node -> awaitWith(
                        candidates(cluster),
                        cluster,
                        node.name() + " noting where " + name + " is",
                        () -> membershipOf(node)
                                .find(id(name))
                                .filter(member -> member.address().equals(address))
                                .isPresent()));
    }

    @Test
    void a_dead_voter_is_replaced_and_the_group_survives_the_next_death() {
        String hasty = "membership.replace-voter-after = 3s, membership.contact-within = 2s";
        try (GroupCluster cluster = GroupCluster.of(3, directory, hasty)) {
            cluster.write("k", "v");
            GroupNode leader = cluster.leader();
            cluster.node("d").startFromDisk();
            GroupNode dead = cluster.nodes().stream()
                    .filter(node -> node != leader && !node.name().equals("d"))
                    .findFirst()
                    .orElseThrow();
            List<Candidate> withTheDead = candidates(cluster);
            cluster.lose(dead);
            awaitVoters(
                    withTheDead,
                    cluster,
                    cluster.nodes().stream().map(GroupNode::name).sorted().toArray(String[]::new));
            cluster.lose(cluster.leader());
            cluster.write("k", "v2");
            cluster.nodes().forEach(node -> cluster.awaitRow(node, "k", "v2"));
        }
    }
}
