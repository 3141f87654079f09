package io.mortar.journal.raft;

import java.util.ArrayDeque;

/** The entries that a leader made and has not committed, so that they can be bounded. */
final class Uncommitted {
    private record Size(long index, int bytes) {}

    private final int bytesMax;
    private final ArrayDeque<Size> sizes = new ArrayDeque<>();
    private long bytes;

    Uncommitted(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    boolean hasRoom() {
        return bytes < bytesMax;
    }

    void add(Entry entry) {
        sizes.add(new Size(entry.index(), entry.sizeBytes()));
        bytes += entry.sizeBytes();
    }

    void committed(long index) {
        while (!sizes.isEmpty() && sizes.getFirst().index <= index) {
            bytes -= sizes.removeFirst().bytes;
        }
    }
}
