/**
 * Has bricks get chunks from other bricks: what healing, moving and repairing have in common. Bricks copy among themselves; no byte of a
 * chunk comes here. Uses {@code protocol} only.
 */
@NullMarked
package io.mortar.node.copying;

import org.jspecify.annotations.NullMarked;
