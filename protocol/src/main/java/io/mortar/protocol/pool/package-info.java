/**
 * What the pool is asked and answers: joining, who is there, volumes.
 */
@NullMarked
package io.mortar.protocol.pool;

import org.jspecify.annotations.NullMarked;
