package io.mortar.client.pool;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.PoolTopology;

/** What is said when the node that holds the metadata cannot serve. */
public final class MetadataNode {
    private MetadataNode() {}

    /** It is away, or this node is in no pool: nothing was sent. */
    public static RefusedException unreachable(PoolTopology topology) {
        if (topology.pool() == null) {
            return new RefusedException(
                    RefusalCode.METADATA_UNAVAILABLE,
                    "this node is not in a pool yet: see its log, or start it with --join HOST");
        }
        return new RefusedException(
                RefusalCode.METADATA_UNAVAILABLE,
                name(topology) + ", which holds the pool's metadata, cannot be reached: start it, then try again");
    }

    /** It did not answer a question: nothing was changed. */
    public static RefusedException mute(PoolTopology topology) {
        return new RefusedException(
                RefusalCode.METADATA_UNAVAILABLE,
                name(topology) + ", which holds the pool's metadata, did not answer in time: try again later");
    }

    /** It did not answer a change: whether a change was carried out is not known. */
    public static RefusedException silent(PoolTopology topology) {
        return new RefusedException(
                RefusalCode.TIMED_OUT,
                name(topology)
                        + ", which holds the pool's metadata, did not answer in time: a change may or may not have been made;"
                        + " look, then try again");
    }

    private static String name(PoolTopology topology) {
        return topology.metadataNode() == null ? "the node" : "node " + topology.metadataNode();
    }
}
