/**
 * The pool's registry: the event-sourced actor around {@code core.registry} that carries out what the rules decide, asks nodes to
 * prepare and give back bricks, and tells the namespace actor beside it which volumes to serve. Runs on the metadata node. Depends on
 * {@code node.coordinator} (its control messages) and {@code node.event}.
 */
@NullMarked
package io.mortar.node.registry;

import org.jspecify.annotations.NullMarked;
