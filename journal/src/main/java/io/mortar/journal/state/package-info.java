/**
 * What a member of a replicated group has applied, on a {@code KvStore}, and how a copy of it is sent and taken in; with the log it makes
 * the stores of a group. {@code docs/formats/metadata-state.md} has the rows and frames. Depends on {@code journal.kv},
 * {@code journal.space}, {@code journal.raft} (its types) and {@code journal.log}.
 */
@NullMarked
package io.mortar.journal.state;

import org.jspecify.annotations.NullMarked;
