/**
 * {@code /api/v1}: pool, nodes and volumes as JSON, what the command line uses. Depends on {@code request} and {@code json}.
 */
@NullMarked
package io.mortar.gateway.admin;

import org.jspecify.annotations.NullMarked;
