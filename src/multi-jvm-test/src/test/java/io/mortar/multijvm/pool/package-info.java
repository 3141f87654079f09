/**
 * Real node processes for tests: starts, kills, pauses, restarts and stops them, each with its own directories and address. Knows
 * nodes only as users do: by the command line, the configuration file and HTTP.
 */
@NullMarked
package io.mortar.multijvm.pool;

import org.jspecify.annotations.NullMarked;
