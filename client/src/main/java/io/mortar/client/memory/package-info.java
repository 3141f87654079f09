/**
 * The transfer memory of a node: one bounded budget for everything on its way. Depends on {@code core.refusal} only.
 */
@NullMarked
package io.mortar.client.memory;

import org.jspecify.annotations.NullMarked;
