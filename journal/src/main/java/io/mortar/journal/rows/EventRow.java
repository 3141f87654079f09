package io.mortar.journal.rows;

import akka.actor.ActorRef;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.Tagged;
import java.io.NotSerializableException;
import java.util.Optional;

/**
 * One event as a row.
 *
 * @param manifest of the event adapter, not of the serializer
 * @param metadata what replicated event sourcing adds; otherwise empty
 */
public record EventRow(String writerUuid, long timestamp, String manifest, Payload event, Optional<Payload> metadata) {

    /** Serializes an event; tags are dropped, since there are no queries by tag. */
    public static EventRow of(PersistentRepr event, Payloads payloads) throws NotSerializableException {
        Object payload = event.payload() instanceof Tagged tagged ? tagged.payload() : event.payload();
        Optional<Payload> metadata = event.metadata().isDefined()
                ? Optional.of(payloads.write(event.metadata().get()))
                : Optional.empty();
        return new EventRow(event.writerUuid(), event.timestamp(), event.manifest(), payloads.write(payload), metadata);
    }

    /** @param previous sequence number of the event before this one, which need not be one less: events can be rejected */
    byte[] toValue(byte[] key, long previous) {
        RowWriter row = new RowWriter(event.bytes().length + 128)
                .number(previous)
                .number(timestamp)
                .text(writerUuid)
                .text(manifest)
                .payload(event)
                .flag(metadata.isPresent());
        metadata.ifPresent(row::payload);
        return row.seal(key);
    }

    /** Throws {@link DamagedJournalException} if the row is not as it was written. */
    static EventLog.Stored read(String persistenceId, byte[] key, byte[] value, Payloads payloads) {
        long sequenceNr = JournalKeys.sequenceNr(key);
        RowReader row = new RowReader(
                key, value, "event " + sequenceNr + " of persistence id " + persistenceId + " in the journal");
        long previous = row.number();
        long timestamp = row.number();
        String writerUuid = row.text();
        String manifest = row.text();
        Object payload = payloads.read(row.payload());
        PersistentRepr event = PersistentRepr.apply(
                        payload, sequenceNr, persistenceId, manifest, false, ActorRef.noSender(), writerUuid)
                .withTimestamp(timestamp);
        if (row.flag()) {
            event = event.withMetadata(payloads.read(row.payload()));
        }
        return new EventLog.Stored(previous, event, value.length);
    }
}
