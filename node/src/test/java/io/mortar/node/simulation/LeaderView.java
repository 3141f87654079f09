package io.mortar.node.simulation;

/** Where a request is sent: to one leadership of one node. */
record LeaderView(int node, long term) {}
