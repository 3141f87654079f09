/**
 * What members of a group send each other, and how it is written; {@code docs/formats/metadata-wire.md} has the bytes. Depends on
 * {@code journal.raft} and Akka's serialization.
 */
@NullMarked
package io.mortar.journal.wire;

import org.jspecify.annotations.NullMarked;
