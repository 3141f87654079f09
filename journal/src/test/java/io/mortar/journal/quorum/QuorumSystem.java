package io.mortar.journal.quorum;

import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.group.ReplicatedLogs;
import java.util.Optional;

/** Actor systems on a {@link SoloLog}. */
final class QuorumSystem {
    private QuorumSystem() {}

    /** Closes {@code log} when it terminates. */
    static JournalSystem start(SoloLog log, Optional<EventImage> image, String... more) {
        return new JournalSystem("quorum", JournalSystem.config("quorum", String.join("\n", more)), system -> {
            ReplicatedLogs.get(system).bind(log);
            image.ifPresentOrElse(
                    present -> QuorumPersistence.start(system, present), () -> QuorumPersistence.start(system));
            system.registerOnTermination(log::close);
        });
    }

    /** One that leads its first term. */
    static JournalSystem leading(SoloLog log, String... more) {
        JournalSystem journal = start(log, Optional.empty(), more);
        log.lead(1);
        return journal;
    }
}
