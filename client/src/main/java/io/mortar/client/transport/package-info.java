/**
 * Chunks to and from bricks: windows, retries with ids, deadlines. Depends on {@code protocol}.
 */
@NullMarked
package io.mortar.client.transport;

import org.jspecify.annotations.NullMarked;
