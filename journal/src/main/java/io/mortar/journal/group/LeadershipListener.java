package io.mortar.journal.group;

/**
 * Learns when this node begins and ceases to lead. Called on the group's actor, in order: be quick, and tell an actor of one's own. Each
 * {@code began} is followed by exactly one {@code ended} of the same term, unless the process stops.
 */
public interface LeadershipListener {
    /** This node leads {@code term}, and has applied all that earlier leaderships committed. */
    void began(long term);

    /** This node no longer leads {@code term}: appends for it fail from now on. Another node may have begun to lead before. */
    void ended(long term);
}
