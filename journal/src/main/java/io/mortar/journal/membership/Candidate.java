package io.mortar.journal.membership;

import io.mortar.journal.raft.MemberId;

/**
 * A node of the pool that may hold a copy of the journal, as the application sees it now. A node that is down but will come back is
 * still a candidate, an unreachable one; a node that is not among the candidates has left for good and loses its copy at once.
 *
 * @param id the node's lasting id; an id never comes back with an empty disk
 * @param address {@code host:port} at which its actor system is reached now
 * @param host the machine, or another thing that fails as a whole: copies go to different ones while there are any
 * @param reachable whether the application believes that the node runs; the log's own contact decides for members
 * @param freeBytes room for metadata; among equals the largest is taken
 */
public record Candidate(MemberId id, String address, String host, boolean reachable, long freeBytes) {}
