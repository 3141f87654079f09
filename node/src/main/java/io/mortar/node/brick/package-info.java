/**
 * The bricks of a node: the keeper that owns their list and prepares and releases directories, and one actor per brick in front of its
 * chunk store. Nothing here decides what is stored or deleted.
 */
@NullMarked
package io.mortar.node.brick;

import org.jspecify.annotations.NullMarked;
