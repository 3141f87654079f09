/**
 * Talks to a node over HTTP: the admin API and files. Depends on {@code cli.failure} and {@code core}.
 */
@NullMarked
package io.mortar.cli.remote;

import org.jspecify.annotations.NullMarked;
