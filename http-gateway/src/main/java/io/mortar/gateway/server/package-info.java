/**
 * Binds the HTTP port and hands requests to the features.
 */
@NullMarked
package io.mortar.gateway.server;

import org.jspecify.annotations.NullMarked;
