package io.mortar.journal.quorum;

import io.mortar.journal.group.LeadershipLostException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Under which leadership each actor recovered; {@link QuorumJournal} says what that is for. Actors that have long done nothing are
 * forgotten when there are too many: they have to recover again.
 */
final class Recoveries {
    private final Map<String, Recovery> recoveries;

    Recoveries(int actorsMax) {
        recoveries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Recovery> eldest) {
                return size() > actorsMax;
            }
        };
    }

    /** @param complete false while only the snapshot was loaded */
    private record Recovery(long term, boolean complete) {}

    /** An actor was given its snapshot. Under the same term as before that changes nothing. */
    synchronized void began(String persistenceId, long term) {
        Recovery before = recoveries.get(persistenceId);
        if (before == null || before.term() != term) {
            recoveries.put(persistenceId, new Recovery(term, false));
        }
    }

    /**
     * An actor was told its highest number. Throws {@link LeadershipLostException} when it was given its snapshot under another
     * leadership: events between that snapshot and the next may be deleted by now.
     */
    synchronized void completed(String persistenceId, long term) {
        Recovery before = recoveries.get(persistenceId);
        if (before != null && !before.complete() && before.term() != term) {
            recoveries.remove(persistenceId);
            throw new LeadershipLostException("persistence id " + persistenceId + " loaded its snapshot in term "
                    + before.term() + " and its events in term " + term + ": start the actor again");
        }
        recoveries.put(persistenceId, new Recovery(term, true));
    }

    /** The term that an actor may write for; throws {@link LeadershipLostException} when it has not recovered here. */
    synchronized long term(String persistenceId) {
        Recovery recovery = recoveries.get(persistenceId);
        if (recovery == null || !recovery.complete()) {
            throw new LeadershipLostException(
                    "persistence id " + persistenceId
                            + " has not recovered from this journal, or so long ago that it is forgotten: start the actor again");
        }
        return recovery.term();
    }
}
