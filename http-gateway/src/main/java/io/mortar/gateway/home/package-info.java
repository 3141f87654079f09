/**
 * {@code /}: a plain page that names the node and its volumes. Depends on {@code listing} for its look.
 */
@NullMarked
package io.mortar.gateway.home;

import org.jspecify.annotations.NullMarked;
