/**
 * Which nodes hold the replicated journal: how many voters a pool of some size has, who they are, and the next single change towards
 * that. Pure: depends on {@code journal.raft} and on configuration, and has no clock.
 */
@NullMarked
package io.mortar.journal.membership;

import org.jspecify.annotations.NullMarked;
