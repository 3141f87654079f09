/** Faults that are done to a running pool, one after the other, and undone. Depends on {@code cli.drill.load}, for its clock. */
@NullMarked
package io.mortar.cli.drill.fault;

import org.jspecify.annotations.NullMarked;
