package io.mortar.journal.state;

/** The two kinds of rows that a batch can change. They never mix: a key in one says nothing about the same key in the other. */
public enum Area {
    /** Events, snapshots and numbers of persistent actors. */
    JOURNAL(1),
    /** What the application reads directly. */
    APPLICATION(2);

    private final int tag;

    Area(int tag) {
        this.tag = tag;
    }

    /** The number that is stored and sent for this area. */
    int tag() {
        return tag;
    }

    /** Throws {@link IllegalArgumentException} for a number that no area has. */
    static Area of(int tag) {
        for (Area area : values()) {
            if (area.tag == tag) {
                return area;
            }
        }
        throw new IllegalArgumentException("no area of rows has tag " + tag);
    }
}
