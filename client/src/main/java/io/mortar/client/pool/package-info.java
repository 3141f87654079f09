/**
 * Administrative requests to the pool's registry. Depends on {@code protocol}.
 */
@NullMarked
package io.mortar.client.pool;

import org.jspecify.annotations.NullMarked;
