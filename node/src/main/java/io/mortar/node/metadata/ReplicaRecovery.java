package io.mortar.node.metadata;

import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import io.mortar.journal.state.UnsafeRecovery;
import io.mortar.node.identity.DataDirectory;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.identity.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The replica of a node that does not run, for going on with it alone after the majority was lost: see {@link UnsafeRecovery}. Keeps the
 * data directory locked. All methods throw {@link StartRefusedException} with a text for the person who called.
 */
public final class ReplicaRecovery implements AutoCloseable {
    /** Below this a store is not opened: its engine dies of a full disk. */
    private static final long FREE_BYTES_MIN = 32L << 20;

    private final DataDirectory directory;
    private final NodeIdentity identity;
    private final GroupStores stores;

    private ReplicaRecovery(DataDirectory directory, NodeIdentity identity, GroupStores stores) {
        this.directory = directory;
        this.identity = identity;
        this.stores = stores;
    }

    /** Locks the data directory of a node and opens its replica. */
    public static ReplicaRecovery open(Path dataDirectory) {
        if (!Files.exists(dataDirectory.resolve("node.json"))) {
            throw new StartRefusedException(dataDirectory
                    + " is not the data directory of a node: name the one that the node was started with");
        }
        DataDirectory directory = DataDirectory.open(dataDirectory);
        boolean opened = false;
        try {
            NodeIdentity identity = directory.load().orElseThrow(AssertionError::new);
            GroupStores stores = openStores(directory, identity);
            opened = true;
            return new ReplicaRecovery(directory, identity, stores);
        } finally {
            if (!opened) {
                unlock(directory);
            }
        }
    }

    private static GroupStores openStores(DataDirectory directory, NodeIdentity identity) {
        ReplicaDirectory replica = ReplicaDirectory.in(directory.path(), DiskSpace.UNLIMITED);
        PoolId pool = identity.pool();
        if (pool == null || !replica.exists()) {
            throw new StartRefusedException("node " + identity.name() + " has no replica of the metadata in "
                    + directory.path() + ": recover on a node that 'mortar meta status' showed as a voter or learner");
        }
        try {
            long freeBytes = Files.getFileStore(directory.path()).getUsableSpace();
            if (freeBytes < FREE_BYTES_MIN) {
                throw new StartRefusedException("the disk of " + directory.path() + " has only " + freeBytes
                        + " bytes free, at least " + FREE_BYTES_MIN + " are needed: free some space on it");
            }
            return replica.open(pool, identity);
        } catch (StoreRefusedException | KvFailedException | IOException e) {
            throw new StartRefusedException(
                    "the replica of node " + identity.name() + " cannot be used: " + e.getMessage()
                            + "; recover on another node that is left",
                    e);
        }
    }

    public NodeName node() {
        return identity.name();
    }

    /** What this copy has. */
    public MetadataCopy copy() {
        return MetadataCopy.of(UnsafeRecovery.describe(stores));
    }

    /** {@code host:port} under which this node was a member, if it was one. */
    public Optional<String> address() {
        String self = ReplicaDirectory.memberId(identity.node()).value();
        return copy().members().stream()
                .filter(member -> member.id().equals(self))
                .map(MetadataCopy.Member::address)
                .findFirst();
    }

    /** Makes this node the only voter, durably. */
    public MetadataCopy perform(String address) {
        MetadataCopy copy = copy();
        if (!copy.recoverable()) {
            throw new StartRefusedException(copy.description());
        }
        return MetadataCopy.of(UnsafeRecovery.perform(stores, ReplicaDirectory.memberId(identity.node()), address));
    }

    @Override
    public void close() {
        try {
            stores.close();
        } finally {
            unlock(directory);
        }
    }

    private static void unlock(DataDirectory directory) {
        try {
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory.path() + " cannot be unlocked", e);
        }
    }
}
