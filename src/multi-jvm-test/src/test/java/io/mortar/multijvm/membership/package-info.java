/** How nodes find their pool, and which ones are turned away. */
@NullMarked
package io.mortar.multijvm.membership;

import org.jspecify.annotations.NullMarked;
