package io.mortar.node.brick.store;

import java.util.List;

/**
 * Which chunks of a file version a brick keeps: those whose column {@code (seed + index) mod width} is among {@code columns}.
 *
 * @param width 0 for "all of them"
 */
record KeptColumns(int seed, int width, List<Integer> columns) {
    static final KeptColumns ALL = new KeptColumns(0, 0, List.of());
    static final KeptColumns NONE = new KeptColumns(0, 1, List.of());

    KeptColumns {
        columns = List.copyOf(columns);
    }

    boolean isAll() {
        return width == 0;
    }

    boolean hasChunk(int index) {
        return isAll() || columns.contains((int) Math.floorMod((long) seed + index, (long) width));
    }
}
