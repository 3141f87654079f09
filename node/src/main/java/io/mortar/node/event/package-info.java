/**
 * What persistent actors share: how their events and states become bytes, and what they do while the disk is full. Depends on
 * {@code protocol.wire} and {@code journal.space}.
 */
@NullMarked
package io.mortar.node.event;

import org.jspecify.annotations.NullMarked;
