/**
 * How the events and states of persistent actors become bytes: one way for all of them. Depends on {@code protocol.wire} alone.
 */
@NullMarked
package io.mortar.node.event;

import org.jspecify.annotations.NullMarked;
