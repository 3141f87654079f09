/**
 * The commands of {@code mortar}.
 */
@NullMarked
package io.mortar.cli.command;

import org.jspecify.annotations.NullMarked;
