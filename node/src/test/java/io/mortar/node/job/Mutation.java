package io.mortar.node.job;

/** A rule that is broken on purpose: the simulation must notice. */
enum Mutation {
    NONE(0),
    /** Bricks drop copies whatever was decided since. */
    DROP_BELOW_THE_FENCE(26),
    /** Bricks fetch chunks whatever was decided since. */
    FETCH_BELOW_THE_FENCE(0),
    /** Bricks take repairs of what was dropped. */
    REPAIR_BEHIND_THE_FENCE(0),
    /** Copies are dropped with the order of when that was put on the queue. */
    DROP_WITH_THE_ORDER_OF_THE_QUEUE(53),
    /** Old copies are dropped without a look at where the file is now. */
    DROP_WHAT_WAS_GIVEN_UP_ONCE(0),
    /** A relocation is finished when its first chunk has arrived. */
    FINISH_AFTER_ONE_CHUNK(0),
    /** What was under way is not in rows. */
    FORGET_RELOCATIONS(0),
    /** The last complete copies are given up when others are known to be incomplete. */
    MOVE_WITHOUT_A_LOOK_AT_WHAT_IS_MISSING(118),
    /** A brick is taken to be empty although uploads to it are open. */
    VACATE_WITHOUT_A_LOOK_AT_LEASES(0),
    /** A brick is taken to be empty although files are on their way to it. */
    VACATE_WITHOUT_A_LOOK_AT_RELOCATIONS(54),
    /** A brick is taken to be empty although it still has old copies. */
    VACATE_WITHOUT_A_LOOK_AT_DELETIONS(0),
    /** A brick goes because of a proof from before it was decided to stay, and then to leave again. */
    VACATE_FOR_AN_EARLIER_DEPARTURE(17);

    /** The seed to begin with: the mutations that take several rare things in a row are noticed late otherwise. */
    final long firstSeed;

    Mutation(long firstSeed) {
        this.firstSeed = firstSeed;
    }
}
