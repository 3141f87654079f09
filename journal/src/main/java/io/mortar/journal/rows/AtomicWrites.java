package io.mortar.journal.rows;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import io.mortar.journal.kv.KvNoSpaceException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One request of Akka's to write, with its answers: an atomic write that cannot be serialized or is too large is rejected, and the others
 * go on.
 */
public final class AtomicWrites {
    private final List<Optional<Exception>> answers = new ArrayList<>();
    private final List<EventLog.Append> accepted = new ArrayList<>();

    private AtomicWrites() {}

    /** @param writeBytesMax of the events of one atomic write together */
    public static AtomicWrites serialize(Iterable<AtomicWrite> messages, Payloads payloads, int writeBytesMax) {
        AtomicWrites writes = new AtomicWrites();
        for (AtomicWrite message : messages) {
            try {
                writes.accepted.add(serialize(message, payloads, writeBytesMax));
                writes.answers.add(Optional.empty());
            } catch (NotSerializableException | RuntimeException e) {
                writes.answers.add(Optional.of(e));
            }
        }
        return writes;
    }

    private static EventLog.Append serialize(AtomicWrite write, Payloads payloads, int writeBytesMax)
            throws NotSerializableException {
        List<EventRow> events = new ArrayList<>();
        long sizeBytes = 0;
        for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
            EventRow row = EventRow.of(event, payloads);
            sizeBytes += row.event().bytes().length;
            events.add(row);
        }
        if (sizeBytes > writeBytesMax) {
            throw new NotSerializableException("atomic write of " + events.size() + " events with " + sizeBytes
                    + " bytes is larger than the " + writeBytesMax + " that the journal takes");
        }
        return new EventLog.Append(write.persistenceId(), write.lowestSequenceNr(), events);
    }

    /** Hands over the writes that are to be made, in order. */
    public void forEach(Consumer<EventLog.Append> consumer) {
        accepted.forEach(consumer);
    }

    /** What Akka is answered when the accepted ones are durable. */
    public Iterable<Optional<Exception>> answers() {
        return answers;
    }

    /**
     * What Akka is answered otherwise. Refusals from before anything was written are rejections: the actor may go on. Everything else
     * is thrown.
     */
    public Iterable<Optional<Exception>> answersTo(Throwable failure) {
        Throwable cause = ScalaFutures.cause(failure);
        if (cause instanceof KvNoSpaceException || cause instanceof JournalOverloadedException) {
            return Collections.nCopies(answers.size(), Optional.of((Exception) cause));
        }
        throw new CompletionException(cause);
    }
}
