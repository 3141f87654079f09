/**
 * Names and identities of a pool, its nodes and its bricks. Depends on the JDK only.
 */
@NullMarked
package io.mortar.core.pool;

import org.jspecify.annotations.NullMarked;
