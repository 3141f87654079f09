package io.mortar.journal.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes that were handed to the shell and are not reported as durable yet.
 *
 * <p>Why numbers, and not "entry i of term t is stored": an entry can be written, overwritten by another leader's and written again;
 * the end of the first write must not be taken for that of the third. So whatever is truncated is struck from all pending writes, and
 * only the write that brought it back reports it (test: {@code an_entry_that_was_overwritten_and_came_back_is_not_stored_too_early}).
 */
final class PendingWrites {
    private record Write(long number, long lastIndex, HardState hardState) {}

    private final ArrayDeque<Write> pending = new ArrayDeque<>();
    private long handedNumber;
    private HardState handedState;
    private HardState storedState;

    PendingWrites(HardState stored) {
        handedState = stored;
        storedState = stored;
    }

    long handedNumber() {
        return handedNumber;
    }

    HardState handedState() {
        return handedState;
    }

    /** The hard state that would be found after a crash, at least. */
    HardState storedState() {
        return storedState;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Hands out the next write, after which the log ends at {@code lastIndex}; returns its number. */
    long hand(long lastIndex, HardState hardState) {
        handedNumber++;
        handedState = hardState;
        pending.add(new Write(handedNumber, lastIndex, hardState));
        return handedNumber;
    }

    /** Entries above {@code lastIndex} are no longer what the pending writes hold. */
    void limitTo(long lastIndex) {
        List<Write> writes = new ArrayList<>(pending);
        pending.clear();
        writes.forEach(
                write -> pending.add(new Write(write.number, Math.min(write.lastIndex, lastIndex), write.hardState)));
    }

    /** Everything up to {@code number} is durable; returns the last index of the log that is. */
    long finish(long number) {
        if (number > handedNumber) {
            throw new AssertionError("write " + number + " is reported, the last one handed out is " + handedNumber);
        }
        long lastIndex = 0;
        while (!pending.isEmpty() && pending.getFirst().number <= number) {
            Write write = pending.removeFirst();
            lastIndex = Math.max(lastIndex, write.lastIndex);
            storedState = write.hardState;
        }
        return lastIndex;
    }
}
