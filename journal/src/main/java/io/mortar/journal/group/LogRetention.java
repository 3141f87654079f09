package io.mortar.journal.group;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides where the log may begin: far enough behind what is applied that a member which was away for a short time needs no snapshot.
 * Bytes are counted since this process began, by marks, so the log holds up to one more limit after a restart.
 */
final class LogRetention {
    private static final int MARKS = 32;

    private final GroupSettings.Retention limits;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long bytes;

    LogRetention(GroupSettings.Retention limits) {
        this.limits = limits;
    }

    /** After {@code index}, {@code bytes} had been applied. */
    private record Mark(long index, long bytes) {}

    void applied(long index, long appliedBytes) {
        bytes += appliedBytes;
        if (marks.isEmpty() || bytes - marks.getLast().bytes() >= limits.bytes() / MARKS) {
            marks.add(new Mark(index, bytes));
        }
    }

    /** The state was switched: what is known of the log before is void. */
    void restart() {
        marks.clear();
    }

    /**
     * After which entry the log should begin, or {@code start} if it is not worth the write.
     *
     * @param start after which it begins now
     */
    long start(long start, long appliedIndex) {
        long byEntries = appliedIndex - limits.entries();
        long byBytes = start;
        while (!marks.isEmpty() && bytes - marks.getFirst().bytes() >= limits.bytes()) {
            byBytes = Math.max(byBytes, marks.removeFirst().index());
        }
        boolean worthIt = byEntries - start > limits.entries() / MARKS;
        return Math.max(worthIt ? byEntries : start, byBytes);
    }
}
