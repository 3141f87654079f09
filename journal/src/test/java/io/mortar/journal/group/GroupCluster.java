package io.mortar.journal.group;

import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.GroupStores;
import io.mortar.journal.state.RowBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Nodes of one group in one JVM. Waits are long, since machines are noisy, but end as soon as they can. */
final class GroupCluster implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Path directory;
    private final String settings;
    private final GroupIdentity identity = new GroupIdentity(UUID.randomUUID(), 1);
    private final List<GroupNode> nodes = new ArrayList<>();

    GroupCluster(Path directory, String settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** A node that is not started. */
    GroupNode node(String name) {
        GroupNode node = new GroupNode(name, directory.resolve(name), identity, settings);
        nodes.add(node);
        return node;
    }

    /** Founds the group with these nodes as its voters, and starts them. */
    GroupCluster found(GroupNode... founders) {
        Membership membership = Membership.NONE;
        for (GroupNode node : founders) {
            membership = membership.with(Member.voter(node.id(), node.address()));
        }
        for (GroupNode node : founders) {
            node.start(GroupStores.found(node.directory(), identity, membership, node.options(), node.options()));
        }
        return this;
    }

    /** A group of this many voters, {@code a}, {@code b} and so on. */
    static GroupCluster of(int voters, Path directory, String settings) {
        GroupCluster cluster = new GroupCluster(directory, settings);
        GroupNode[] founders = new GroupNode[voters];
        for (int i = 0; i < voters; i++) {
            founders[i] = cluster.node(String.valueOf((char) ('a' + i)));
        }
        return cluster.found(founders);
    }

    List<GroupNode> nodes() {
        return List.copyOf(nodes);
    }

    GroupIdentity identity() {
        return identity;
    }

    /** Ends a node. */
    void lose(GroupNode node) {
        nodes.remove(node);
        node.close();
    }

    /** The node that leads, as soon as one of {@code nodes} knows that it does. */
    GroupNode leader() {
        return leaderAmong(nodes());
    }

    GroupNode leaderAmong(List<GroupNode> some) {
        return awaitPresent(
                "a leader among " + some.stream().map(GroupNode::name).toList(),
                () -> some.stream().filter(node -> ledTerm(node) > 0).findFirst());
    }

    /** The term for which the listener of {@code node} was told last that it leads; 0 if it does not lead. */
    static long ledTerm(GroupNode node) {
        List<String> told = node.leaderships();
        String last = told.isEmpty() ? "" : told.get(told.size() - 1);
        return last.startsWith("began ") ? Long.parseLong(last.substring("began ".length())) : 0;
    }

    /** Writes a row through whoever leads among {@code some}, again and again until it is acknowledged. */
    void write(List<GroupNode> some, String key, String value) {
        await("an acknowledged write of " + key, () -> {
            GroupNode leader = leaderAmong(some);
            try {
                get(leader.group().append(row(key, value), ledTerm(leader)));
                return true;
            } catch (CompletionException e) {
                if (e.getCause() instanceof NotLeaderException || e.getCause() instanceof LeadershipLostException) {
                    return false;
                }
                throw e;
            }
        });
    }

    void write(String key, String value) {
        write(nodes(), key, value);
    }

    static RowBatch row(String key, String value) {
        return RowBatch.builder()
                .put(Area.APPLICATION, bytes(key), bytes(value))
                .build();
    }

    /** What {@code node} has applied under {@code key}. */
    static Optional<String> read(GroupNode node, String key) {
        return Optional.ofNullable(node.group().applicationRows().get(bytes(key)))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    void awaitRow(GroupNode node, String key, String value) {
        await(node.name() + " applying " + key, () -> read(node, key).equals(Optional.of(value)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The outcome; a failure comes as {@link CompletionException}. */
    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no outcome", e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        awaitPresent(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    static <T> T awaitPresent(String what, Supplier<Optional<T>> present) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> found = present.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        throw new AssertionError("waited in vain for " + what);
    }

    static Membership membershipOf(GroupNode node) {
        List<Member> members = new ArrayList<>();
        node.group().status().members().forEach(member -> members.add(member.member()));
        return new Membership(members);
    }

    static MemberId id(String name) {
        return new MemberId(name);
    }

    @Override
    public void close() {
        nodes.forEach(GroupNode::terminate);
        nodes.forEach(GroupNode::close);
    }
}
