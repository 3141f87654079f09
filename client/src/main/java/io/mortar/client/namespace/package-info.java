/**
 * Requests to the coordinators of volumes, repeated until they are answered. Depends on {@code protocol}.
 */
@NullMarked
package io.mortar.client.namespace;

import org.jspecify.annotations.NullMarked;
