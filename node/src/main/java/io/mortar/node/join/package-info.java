/**
 * How a node gets into a pool: the door that answers, the knocking that asks. Depends on {@code protocol} and {@code node.identity}.
 */
@NullMarked
package io.mortar.node.join;

import org.jspecify.annotations.NullMarked;
