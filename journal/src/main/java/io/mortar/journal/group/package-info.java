/**
 * A consensus group as a running thing: actors that drive the pure core of {@code journal.raft} with the stores of {@code journal.log} and
 * {@code journal.state} over Akka's remoting, and {@link io.mortar.journal.group.ReplicatedLog}, which is all that the plugins and the
 * application see of it. Knows nothing of Akka Cluster, of Akka Persistence, or of what the rows mean.
 */
@NullMarked
package io.mortar.journal.group;

import org.jspecify.annotations.NullMarked;
