/**
 * The striped writer and reader. Depends on {@code client.file}, {@code client.memory}, {@code client.transport} and {@code client.namespace}.
 */
@NullMarked
package io.mortar.client.stripe;

import org.jspecify.annotations.NullMarked;
