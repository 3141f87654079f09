/**
 * The rules of the pool's registry: which node has which name, which volumes there are, which bricks they own. Pure: a command and a
 * state make a decision, an event and a state make the next state. Depends on {@code core.pool}, {@code core.volume} and
 * {@code core.refusal}.
 */
@NullMarked
package io.mortar.core.registry;

import org.jspecify.annotations.NullMarked;
