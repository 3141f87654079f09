/**
 * Directories as JSON and as plain HTML, page by page. Depends on {@code request} and {@code json}.
 */
@NullMarked
package io.mortar.gateway.listing;

import org.jspecify.annotations.NullMarked;
