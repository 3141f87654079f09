/**
 * The identity of a node, in its data directory: node id, name, pool. Depends on {@code core}.
 */
@NullMarked
package io.mortar.node.identity;

import org.jspecify.annotations.NullMarked;
