/**
 * Range requests (RFC 9110, section 14). Depends on nothing else here.
 */
@NullMarked
package io.mortar.gateway.ranges;

import org.jspecify.annotations.NullMarked;
