package io.mortar.node.coordinator;

/**
 * All the state that a coordinator keeps in memory about the file tree, and all that its snapshots hold: the rest is in the
 * {@link NamespaceStore}.
 *
 * @param sequence number of the last event; 0 before the first
 */
record NamespaceMarker(long sequence) {
    static final NamespaceMarker EMPTY = new NamespaceMarker(0);
}
