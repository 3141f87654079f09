package io.mortar.node.brick.store;

/** What a look at a whole chunk found. */
enum Verdict {
    INTACT,
    /** There is none. */
    MISSING,
    /** It is damaged, another chunk's, or not of the size that it should have. */
    CORRUPT
}
