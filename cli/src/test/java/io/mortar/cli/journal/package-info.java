/** Pools whose metadata is in other journals than the replicated one. */
@NullMarked
package io.mortar.cli.journal;

import org.jspecify.annotations.NullMarked;
