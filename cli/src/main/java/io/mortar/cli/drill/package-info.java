/**
 * {@code mortar drill}: a load on a volume, faults, and an account of what became of the acknowledged bytes. Depends on {@code cli.failure},
 * {@code cli.local}, {@code cli.remote} and {@code cli.terminal}.
 */
@NullMarked
package io.mortar.cli.drill;

import org.jspecify.annotations.NullMarked;
