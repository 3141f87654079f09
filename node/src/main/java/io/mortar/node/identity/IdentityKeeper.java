package io.mortar.node.identity;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The node's identity in memory and on disk, always the same. Safe for use by several threads. */
public final class IdentityKeeper implements Supplier<NodeIdentity> {
    private final DataDirectory directory;
    private volatile NodeIdentity identity;

    private IdentityKeeper(DataDirectory directory, NodeIdentity identity) {
        this.directory = directory;
        this.identity = identity;
    }

    /**
     * The identity of the node whose data {@code directory} holds, or a new one.
     *
     * @param wished the name the node was told to have; null for the one it has, or {@code fallback}
     */
    public static IdentityKeeper open(DataDirectory directory, @Nullable NodeName wished, Supplier<NodeName> fallback)
            throws IOException {
        NodeIdentity known = directory.load().orElse(null);
        if (known == null) {
            NodeName name = wished == null ? fallback.get() : wished;
            known = new NodeIdentity(new NodeId(UUID.randomUUID()), name, null, null, false, List.of());
            directory.store(known);
        } else if (wished != null && !wished.equals(known.name())) {
            throw new StartRefusedException("data directory " + directory.path() + " belongs to node " + known.name()
                    + ", but this node is to be called " + wished + ": start it as " + known.name()
                    + ", or give it another --data-dir");
        }
        return new IdentityKeeper(directory, known);
    }

    @Override
    public NodeIdentity get() {
        return identity;
    }

    /**
     * Writes down where a node of the pool is, unless it is this one; durable on return.
     *
     * @param own {@code host:port} under which others reach this node
     */
    public void rememberPeer(String peer, String own) {
        if (!peer.equals(own)) {
            change(known -> known.withPeer(peer));
        }
    }

    /** Changes the identity; durable on return. Throws {@link UncheckedIOException}, after which the node must stop. */
    public synchronized void change(UnaryOperator<NodeIdentity> change) {
        NodeIdentity changed = change.apply(identity);
        if (changed.equals(identity)) {
            return;
        }
        try {
            directory.store(changed);
        } catch (IOException e) {
            throw new UncheckedIOException("the node's identity could not be written to " + directory.path(), e);
        }
        identity = changed;
    }
}
