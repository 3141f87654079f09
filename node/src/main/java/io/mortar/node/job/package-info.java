/** The background work of a volume: moving files between bricks, and what follows from what the volume is to be. */
@NullMarked
package io.mortar.node.job;

import org.jspecify.annotations.NullMarked;
