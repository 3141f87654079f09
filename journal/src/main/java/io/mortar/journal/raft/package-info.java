/**
 * A consensus core in the shape of etcd's raft: input is a message, a tick or the end of a write; output is data ({@link
 * io.mortar.journal.raft.Ready}). It has no clock, thread, network, disk or random source of its own, so a whole cluster of cores can
 * be run on one thread from one seed. Depends on the JDK only.
 *
 * <p>Rules cite Diego Ongaro, <i>Consensus: Bridging Theory and Practice</i> (Stanford, 2014), as "§".
 */
@NullMarked
package io.mortar.journal.raft;

import org.jspecify.annotations.NullMarked;
