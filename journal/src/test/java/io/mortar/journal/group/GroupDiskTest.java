package io.mortar.journal.group;

import static io.mortar.journal.group.GroupCluster.await;
import static io.mortar.journal.group.GroupCluster.get;
import static io.mortar.journal.group.GroupCluster.ledTerm;
import static io.mortar.journal.group.GroupCluster.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupDiskTest {
    private static final SpaceLimits LIMITS = new SpaceLimits(0, 1000, 100);
    private static final long PLENTY = 1_000_000;
    private static final long BROKEN = -1;

    @TempDir
    Path directory;

    private final Map<GroupNode, AtomicLong> usable = new HashMap<>();

    private GroupNode node(GroupCluster cluster, String name) throws IOException {
        AtomicLong bytes = new AtomicLong(PLENTY);
        GroupNode node = cluster.node(name).on(DiskSpace.open(directory, LIMITS, () -> {
            if (bytes.get() == BROKEN) {
                throw new IOException("the disk is gone");
            }
            return bytes.get();
        }));
        usable.put(node, bytes);
        return node;
    }

    private GroupCluster three() throws IOException {
        GroupCluster cluster = new GroupCluster(directory, "");
        return cluster.found(node(cluster, "a"), node(cluster, "b"), node(cluster, "c"));
    }

    private void setUsable(GroupNode node, long bytes) {
        Objects.requireNonNull(usable.get(node)).set(bytes);
    }

    private static GroupNode follower(GroupCluster cluster) {
        GroupNode leader = cluster.leader();
        return cluster.nodes().stream()
                .filter(node -> node != leader)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_follower_with_a_full_disk_acknowledges_nothing_and_catches_up_later() throws IOException {
        try (GroupCluster cluster = three()) {
            cluster.write("before", "1");
            GroupNode full = follower(cluster);
            cluster.awaitRow(full, "before", "1");
            setUsable(full, 0);
            cluster.write("during", "2");
            cluster.nodes().stream()
                    .filter(node -> node != full)
                    .forEach(node -> cluster.awaitRow(node, "during", "2"));
            assertThat(GroupCluster.read(full, "during")).isEmpty();
            setUsable(full, PLENTY);
            cluster.awaitRow(full, "during", "2");
        }
    }

    @Test
    void a_leader_with_a_full_disk_hands_over() throws IOException {
        try (GroupCluster cluster = three()) {
            cluster.write("before", "1");
            GroupNode full = cluster.leader();
            setUsable(full, 0);
            await("another leader", () -> cluster.leader() != full);
            cluster.write(cluster.nodes().stream().filter(node -> node != full).toList(), "during", "2");
            setUsable(full, PLENTY);
            cluster.awaitRow(full, "during", "2");
        }
    }

    @Test
    void new_things_are_refused_before_the_disk_is_full_while_deletions_go_on() throws IOException {
        GroupCluster cluster = new GroupCluster(directory, "");
        try (cluster) {
            GroupNode node = node(cluster, "a");
            cluster.found(node);
            cluster.write("k", "v");
            setUsable(node, 500);
            await("a refusal", () -> {
                try {
                    get(node.group().append(row("k", "v"), ledTerm(node)));
                    return false;
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(KvNoSpaceException.class);
                    return true;
                }
            });
            get(node.group().append(row("k", "less").asShrinking(), ledTerm(node)));
            assertThat(GroupCluster.read(node, "k")).contains("less");
            setUsable(node, 50);
            await("a refusal of deletions too", () -> {
                try {
                    node.group()
                            .append(row("k", "least").asShrinking(), ledTerm(node))
                            .toCompletableFuture()
                            .getNow(0L);
                    return false;
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(KvNoSpaceException.class);
                    return true;
                }
            });
        }
    }

    @Test
    void a_member_whose_disk_fails_takes_part_no_more_and_says_so() throws IOException {
        try (GroupCluster cluster = three()) {
            cluster.write("before", "1");
            GroupNode broken = cluster.leader();
            long term = ledTerm(broken);
            setUsable(broken, BROKEN);
            assertThat(get(broken.group().failure())).hasRootCauseInstanceOf(IOException.class);
            await("the end of its leadership", () -> broken.leaderships().contains("ended " + term));
            assertThatThrownBy(() -> get(broken.group().append(row("k", "v"), term)))
                    .hasCauseInstanceOf(NotLeaderException.class)
                    .hasMessageContaining("restart");
            cluster.write(
                    cluster.nodes().stream().filter(node -> node != broken).toList(), "after", "2");
        }
    }
}
