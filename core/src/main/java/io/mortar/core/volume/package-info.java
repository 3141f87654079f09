/**
 * What a volume is: its name, redundancy, state. Depends on {@code core.pool} only.
 */
@NullMarked
package io.mortar.core.volume;

import org.jspecify.annotations.NullMarked;
