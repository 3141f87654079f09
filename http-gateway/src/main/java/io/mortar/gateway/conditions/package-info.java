/**
 * Conditional requests (RFC 9110, section 13). Depends on {@code request}.
 */
@NullMarked
package io.mortar.gateway.conditions;

import org.jspecify.annotations.NullMarked;
