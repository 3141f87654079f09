/**
 * Akka Persistence plugins on a replicated log: a journal, a snapshot store and a read journal, which work where the log is led.
 * {@code docs/formats/quorum-journal.md} has the rows. Depends on {@code journal.group}, {@code journal.state}, {@code journal.rows} and
 * {@code journal.kv}.
 */
@NullMarked
package io.mortar.journal.quorum;

import org.jspecify.annotations.NullMarked;
