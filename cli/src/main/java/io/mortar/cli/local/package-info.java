/**
 * A pool of several nodes on this machine, each a process of its own on an address of its own: what the demo and the drill run on. Depends on
 * {@code cli.failure}, {@code cli.remote} and {@code cli.terminal}.
 */
@NullMarked
package io.mortar.cli.local;

import org.jspecify.annotations.NullMarked;
