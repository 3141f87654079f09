package io.mortar.client.pool;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.PoolTopology;

/** What is said when no node serves the pool's metadata. */
public final class MetadataNode {
    private MetadataNode() {}

    /** Nobody serves it, or this node is in no pool: nothing was sent. */
    public static RefusedException unreachable(PoolTopology topology) {
        if (topology.pool() == null) {
            return new RefusedException(
                    RefusalCode.METADATA_UNAVAILABLE,
                    "this node is not in a pool yet: see its log, or start it with --join HOST");
        }
        return new RefusedException(
                RefusalCode.METADATA_UNAVAILABLE,
                "no node serves the pool's metadata" + last(topology)
                        + ": a majority of the nodes that hold it must run and reach each other; see 'mortar meta status'");
    }

    /** It did not answer a question: nothing was changed. */
    public static RefusedException mute(PoolTopology topology) {
        return new RefusedException(
                RefusalCode.METADATA_UNAVAILABLE,
                "the pool's metadata did not answer in time" + last(topology) + ": try again later");
    }

    /** It did not answer a change: whether a change was carried out is not known. */
    public static RefusedException silent(PoolTopology topology) {
        return new RefusedException(
                RefusalCode.TIMED_OUT,
                "the pool's metadata did not answer in time" + last(topology)
                        + ": a change may or may not have been made; look, then try again");
    }

    private static String last(PoolTopology topology) {
        return topology.metadataNode() == null ? "" : ", the last that did was node " + topology.metadataNode();
    }
}
