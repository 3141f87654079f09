package io.mortar.node.topology;

import io.mortar.core.pool.NodeId;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;

/** The latest picture of the pool: drawn by the topology keeper, read by everybody. */
public final class PublishedTopology implements TopologyView {
    private volatile PoolTopology latest;

    /** The picture of a node that has seen nobody yet. */
    public PublishedTopology(NodeId self) {
        this.latest = new PoolPicture(self).draw();
    }

    @Override
    public PoolTopology current() {
        return latest;
    }

    void publish(PoolTopology topology) {
        latest = topology;
    }
}
