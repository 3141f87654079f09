/**
 * An Akka Persistence journal and snapshot store on one local {@code KvStore}; {@code docs/formats/local-journal.md} has the rows.
 * Depends on {@code journal.rows}, {@code journal.kv} and {@code journal.space}.
 */
@NullMarked
package io.mortar.journal.local;

import org.jspecify.annotations.NullMarked;
