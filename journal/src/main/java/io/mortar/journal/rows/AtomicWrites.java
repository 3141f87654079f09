package io.mortar.journal.rows;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import scala.jdk.javaapi.CollectionConverters;

/** Serializes what Akka asks to be written. */
public final class AtomicWrites {
    private AtomicWrites() {}

    /**
     * One atomic write: exactly one of the two is present.
     *
     * @param append to be made
     * @param rejection why it is not: an event cannot be serialized, or is too large
     */
    public record Serialized(Optional<EventLog.Append> append, Optional<Exception> rejection) {}

    /** In the order of {@code messages}. */
    public static List<Serialized> serialize(Iterable<AtomicWrite> messages, Payloads payloads) {
        List<Serialized> writes = new ArrayList<>();
        for (AtomicWrite message : messages) {
            try {
                writes.add(new Serialized(Optional.of(serialize(message, payloads)), Optional.empty()));
            } catch (NotSerializableException | RuntimeException e) {
                writes.add(new Serialized(Optional.empty(), Optional.of(e)));
            }
        }
        return writes;
    }

    private static EventLog.Append serialize(AtomicWrite write, Payloads payloads) throws NotSerializableException {
        List<EventRow> events = new ArrayList<>();
        for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
            events.add(EventRow.of(event, payloads));
        }
        return new EventLog.Append(write.persistenceId(), write.lowestSequenceNr(), events);
    }
}
