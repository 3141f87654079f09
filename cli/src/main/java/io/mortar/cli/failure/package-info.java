/**
 * How a command ends: exit codes and failures with a text for people. Depends on the JDK only.
 */
@NullMarked
package io.mortar.cli.failure;

import org.jspecify.annotations.NullMarked;
