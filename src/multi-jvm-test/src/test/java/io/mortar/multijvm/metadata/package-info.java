/** What clients see of the pool's metadata while the nodes that keep it are killed, paused, cut off and replaced. */
@NullMarked
package io.mortar.multijvm.metadata;

import org.jspecify.annotations.NullMarked;
