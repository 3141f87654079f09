/**
 * Digests that a client says its content has (RFC 9530, RFC 1864). Depends on {@code request}.
 */
@NullMarked
package io.mortar.gateway.digests;

import org.jspecify.annotations.NullMarked;
