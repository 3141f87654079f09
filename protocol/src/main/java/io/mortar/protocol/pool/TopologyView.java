package io.mortar.protocol.pool;

/** The latest topology of this node; safe to call from any thread, never blocks. */
@FunctionalInterface
public interface TopologyView {
    PoolTopology current();
}
