package io.mortar.journal.wire;

import io.mortar.journal.raft.MemberId;
import java.util.UUID;

/**
 * Whose message this is. A receiver drops what is not for its cluster, group and member: addresses are used again by others.
 *
 * @param clusterId of the sender's cluster
 * @param group number of the group, 0 to 65535
 * @param address {@code host:port} of the sender's actor system, at which it can be answered
 */
public record Route(UUID clusterId, int group, MemberId from, MemberId to, String address) {
    public Route {
        if (group < 0 || group > 0xffff) {
            throw new IllegalArgumentException("a group's number is 0 to 65535, not " + group);
        }
    }
}
