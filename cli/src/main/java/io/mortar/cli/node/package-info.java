/**
 * Runs a node in this process: actors, client and gateway. Depends on {@code node} and {@code gateway}.
 */
@NullMarked
package io.mortar.cli.node;

import org.jspecify.annotations.NullMarked;
