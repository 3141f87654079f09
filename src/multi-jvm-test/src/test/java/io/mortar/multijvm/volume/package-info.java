/** Volumes from creation to deletion, through real nodes. */
@NullMarked
package io.mortar.multijvm.volume;

import org.jspecify.annotations.NullMarked;
