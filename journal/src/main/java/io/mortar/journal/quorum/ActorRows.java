package io.mortar.journal.quorum;

import io.mortar.journal.rows.EventLog;
import io.mortar.journal.rows.EventRow;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.Payload;
import io.mortar.journal.rows.RowChanges;
import java.util.List;
import java.util.Optional;

/** The rows that an actor's events become: events, or the images that they leave. Runs as work of the writer. */
final class ActorRows {
    private ActorRows() {}

    /** Throws {@link IllegalStateException} when the events must not follow those that were written before. */
    static void append(EventLog.Append append, Optional<EventImage> image, RowChanges rows) {
        List<EventRow> events = append.events();
        if (events.stream().anyMatch(event -> isGrowing(event, image))) {
            rows.markGrowing();
        }
        long covered = events.stream().filter(event -> isCovered(event, image)).count();
        if (image.isEmpty() || covered == 0) {
            EventLog.append(append, rows);
            return;
        }
        String id = append.persistenceId();
        Highest before = Highest.of(id, rows);
        before.requireBelow(id, append.lowest());
        if (covered < events.size() || (before.number() > 0 && !before.keepsImages())) {
            throw new IllegalStateException("event " + append.lowest() + " of persistence id " + id
                    + " is not written: it has an image, and other events of this actor have none");
        }
        for (EventRow event : events) {
            image.get()
                    .rows(event.event().bytes())
                    .forEach(change -> rows.changeApplication(change.key(), change.value()));
        }
        new Highest(append.highest(), true).putInto(id, rows);
    }

    private static boolean isGrowing(EventRow event, Optional<EventImage> image) {
        Payload payload = event.event();
        return image.isEmpty() || image.get().isGrowing(payload.serializerId(), payload.manifest(), payload.bytes());
    }

    private static boolean isCovered(EventRow event, Optional<EventImage> image) {
        return image.isPresent()
                && image.get()
                        .covers(event.event().serializerId(), event.event().manifest());
    }
}
