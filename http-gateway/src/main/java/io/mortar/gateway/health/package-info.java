/**
 * {@code /health}: whether the node lives and whether it can serve. Depends on {@code request} and {@code json}.
 */
@NullMarked
package io.mortar.gateway.health;

import org.jspecify.annotations.NullMarked;
