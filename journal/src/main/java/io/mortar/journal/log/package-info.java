/**
 * The log of a member of a replicated group, with what it must not forget, on a {@code KvStore}; {@code docs/formats/metadata-log.md} has
 * the rows. Depends on {@code journal.kv} and the types of {@code journal.raft}.
 */
@NullMarked
package io.mortar.journal.log;

import org.jspecify.annotations.NullMarked;
