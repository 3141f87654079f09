package io.mortar.node.metadata;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.identity.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code metadata/} in a node's data directory: its replica of the pool's metadata, with one group for all volumes. */
public final class ReplicaDirectory {
    /** All of a pool's metadata is one group today. */
    static final int GROUP = 0;

    private final Path directory;
    private final KvOptions options;

    private ReplicaDirectory(Path directory, KvOptions options) {
        this.directory = directory;
        this.options = options;
    }

    /** @param space the guard of the data directory's file system */
    public static ReplicaDirectory in(Path dataDirectory, DiskSpace space) {
        return new ReplicaDirectory(dataDirectory.resolve("metadata"), KvOptions.of(space));
    }

    static GroupIdentity group(PoolId pool) {
        return new GroupIdentity(pool.value(), GROUP);
    }

    static MemberId memberId(NodeId node) {
        return new MemberId(node.toString());
    }

    /**
     * Makes the replica of a new pool, whose only voter this node is. Called only by a node that never had a replica in use, so what is
     * there already comes from a founding that was interrupted and is deleted.
     */
    void found(PoolId pool, NodeId self, String address) {
        delete();
        Membership alone = new Membership(List.of(new Member(memberId(self), address, Member.Role.VOTER)));
        GroupStores.found(directory, group(pool), alone, options, options).close();
    }

    /** Whether this node has a replica, made completely. */
    boolean exists() {
        return GroupStores.exists(directory);
    }

    /**
     * Opens this node's replica; a node that has none yet gets an empty one, which waits for its leader. Throws
     * {@link StartRefusedException} when this node had one and it is gone.
     */
    GroupStores open(PoolId pool, NodeIdentity identity) {
        if (identity.replica() && !exists()) {
            throw new StartRefusedException("the replica of the pool's metadata is missing in " + directory
                    + ". A member that has forgotten what it acknowledged could lose data of the whole pool: put the directory"
                    + " back; or, if it is lost, have the others forget this node ('mortar pool forget "
                    + identity.name() + "') and start it anew with an empty data directory and new bricks");
        }
        return GroupStores.openOrEmpty(directory, group(pool), options, options);
    }

    private void delete() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is left of an interrupted start cannot be removed: " + directory, e);
        }
    }
}
