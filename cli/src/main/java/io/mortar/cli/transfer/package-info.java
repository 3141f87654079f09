/**
 * Copies files and trees between this machine and volumes. Depends on {@code cli.remote} and {@code cli.terminal}.
 */
@NullMarked
package io.mortar.cli.transfer;

import org.jspecify.annotations.NullMarked;
