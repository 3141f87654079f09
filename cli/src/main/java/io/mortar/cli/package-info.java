/**
 * Entry point of the {@code mortar} command. Depends on {@code cli.command}.
 */
@NullMarked
package io.mortar.cli;

import org.jspecify.annotations.NullMarked;
