/** Nodes that are killed, paused and restarted: what is acknowledged stays, what is not leaves nothing behind. */
@NullMarked
package io.mortar.multijvm.crash;

import org.jspecify.annotations.NullMarked;
