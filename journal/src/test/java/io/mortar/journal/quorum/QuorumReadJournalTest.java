package io.mortar.journal.quorum;

import static io.mortar.journal.contract.JournalSystem.atomic;
import static io.mortar.journal.contract.JournalSystem.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.testkit.javadsl.TestKit;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.group.NotLeaderException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuorumReadJournalTest {
    private static final long MAX = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private SoloLog log;
    private JournalSystem journal;
    private QuorumReadJournal queries;

    @BeforeEach
    void start() {
        log = new SoloLog(directory.resolve("log"));
        journal = QuorumSystem.start(
                log, Optional.of(new WordImage()), "mortar.query.quorum { page-bytes-max = 300 B, page-ids-max = 3 }");
        log.lead(1);
        queries = PersistenceQuery.get(journal.system)
                .getReadJournalFor(QuorumReadJournal.class, QuorumReadJournal.IDENTIFIER);
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private <T> List<T> all(Source<T, ?> source) throws ExecutionException, InterruptedException, TimeoutException {
        return source.runWith(Sink.seq(), journal.system).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private List<Object> events(String id, long from, long to)
            throws ExecutionException, InterruptedException, TimeoutException {
        return all(queries.currentEventsByPersistenceId(id, from, to).map(EventEnvelope::event));
    }

    @Test
    void events_come_in_order_over_many_pages() throws Exception {
        journal.write("p", 1, 50);
        assertThat(events("p", 0, MAX))
                .isEqualTo(IntStream.rangeClosed(1, 50).mapToObj(n -> "a-" + n).toList());
        assertThat(events("p", 7, 9)).containsExactly("a-7", "a-8", "a-9");
        assertThat(events("p", 51, MAX)).isEmpty();
        assertThat(events("q", 0, MAX)).isEmpty();
        journal.delete("p", 48);
        assertThat(events("p", 0, MAX)).containsExactly("a-49", "a-50");
    }

    @Test
    void events_have_their_numbers_as_offsets_and_what_they_were_written_with() throws Exception {
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("p", 1, "x").withTimestamp(1234).withMetadata("meta")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        EventEnvelope envelope =
                all(queries.currentEventsByPersistenceId("p", 1, MAX)).get(0);
        assertThat(envelope.offset()).isEqualTo(Offset.sequence(1));
        assertThat(envelope.sequenceNr()).isEqualTo(1);
        assertThat(envelope.persistenceId()).isEqualTo("p");
        assertThat(envelope.timestamp()).isEqualTo(1234);
        assertThat(envelope.getEventMetaData()).contains("meta");
    }

    @Test
    void all_ids_come_once_each() throws Exception {
        assertThat(all(queries.currentPersistenceIds())).isEmpty();
        List<String> ids = IntStream.range(0, 9).mapToObj(n -> "p" + n).toList();
        ids.forEach(id -> journal.write(id, 1, 2));
        assertThat(all(queries.currentPersistenceIds())).isEqualTo(ids);
        journal.delete("p3", MAX);
        journal.write("long", 1, 1);
        assertThat(all(queries.currentPersistenceIds())).hasSize(10).contains("p3", "long");
    }

    @Test
    void events_that_are_kept_as_images_are_refused() {
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("v", 1, WordImage.bytes("a=1"))));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WriteMessageSuccess.class);
        assertThatThrownBy(() -> events("v", 0, MAX))
                .hasRootCauseMessage(
                        "events of persistence id v up to 1 are kept as images: recover from the snapshot that the journal's own"
                                + " snapshot store gives");
    }

    @Test
    void elsewhere_than_at_the_leader_a_query_fails() {
        log.retire();
        assertThatThrownBy(() -> events("p", 0, MAX)).hasCauseInstanceOf(NotLeaderException.class);
    }

    @Test
    void scala_gets_the_same() throws Exception {
        journal.write("p", 1, 3);
        QuorumScalaReadJournal scala = PersistenceQuery.get(journal.system)
                .readJournalFor(QuorumReadJournal.IDENTIFIER, com.typesafe.config.ConfigFactory.empty());
        assertThat(all(scala.currentEventsByPersistenceId("p", 0, MAX).asJava()))
                .hasSize(3);
        assertThat(all(scala.currentPersistenceIds().asJava())).containsExactly("p");
    }
}
