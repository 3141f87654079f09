/** Drills on a pool that is in use, with the test as the person who does the faults. */
@NullMarked
package io.mortar.multijvm.drill;

import org.jspecify.annotations.NullMarked;
