/**
 * The commands of {@code mortar} and how they are parsed. Depends on every other package of the module.
 */
@NullMarked
package io.mortar.cli.command;

import org.jspecify.annotations.NullMarked;
