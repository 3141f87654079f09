/**
 * Refusals as HTTP answers: which status each code has, and problem+json (RFC 9457). Depends on {@code json}.
 */
@NullMarked
package io.mortar.gateway.problem;

import org.jspecify.annotations.NullMarked;
