/**
 * How persistent actors' events and snapshots are rows, and how the work of many actors becomes one write: shared by the journals on one
 * store and on a replicated log. {@code docs/formats/local-journal.md} has the rows. Depends on {@code journal.kv}.
 */
@NullMarked
package io.mortar.journal.rows;

import org.jspecify.annotations.NullMarked;
