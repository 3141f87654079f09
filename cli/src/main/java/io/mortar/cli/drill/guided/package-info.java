/**
 * A drill on a pool that is in use: a person does the faults, on machines where this command has no business, and the drill says what to type, sees
 * in the pool's status what came of it, and keeps to a directory of its own. Depends on {@code cli.drill} and what that depends on.
 */
@NullMarked
package io.mortar.cli.drill.guided;

import org.jspecify.annotations.NullMarked;
