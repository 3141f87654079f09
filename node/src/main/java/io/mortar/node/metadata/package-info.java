/**
 * Where the pool's metadata is served: what seat this node has among those that keep it, and the actors that it runs while it leads. Uses
 * {@code coordinator} and {@code registry}, which know nothing of it.
 */
@NullMarked
package io.mortar.node.metadata;

import org.jspecify.annotations.NullMarked;
