/**
 * What bricks are asked and answer: chunks, and the preparation of brick directories.
 */
@NullMarked
package io.mortar.protocol.brick;

import org.jspecify.annotations.NullMarked;
