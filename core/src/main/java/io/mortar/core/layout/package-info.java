/**
 * Layouts and the arithmetic that places a file's chunks on bricks. Pure; depends on {@code core.pool} and {@code core.volume}.
 */
@NullMarked
package io.mortar.core.layout;

import org.jspecify.annotations.NullMarked;
