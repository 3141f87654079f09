/** How an installed node starts. */
@NullMarked
package io.mortar.multijvm.start;

import org.jspecify.annotations.NullMarked;
