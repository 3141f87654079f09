package io.mortar.journal.quorum;

import static io.mortar.journal.contract.JournalSystem.atomic;
import static io.mortar.journal.contract.JournalSystem.event;
import static io.mortar.journal.quorum.WordImage.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessagesFailed;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.persistence.PersistentRepr;
import akka.persistence.SaveSnapshotSuccess;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.javadsl.TestKit;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** Events that are kept as the rows they leave, and the number of the last one. */
class EventImageTest {
    private static final long MAX = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private SoloLog log;
    private JournalSystem journal;

    @BeforeEach
    void start() {
        start(Optional.of(new WordImage()));
    }

    private void start(Optional<EventImage> image) {
        log = new SoloLog(directory.resolve("log"));
        journal = QuorumSystem.start(log, image);
        log.lead(1);
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private void write(long lowest, String... events) {
        TestKit probe = journal.probe();
        PersistentRepr[] all = new PersistentRepr[events.length];
        Arrays.setAll(all, i -> event("v", lowest + i, bytes(events[i])));
        journal.send(probe, atomic(all));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        for (int i = 0; i < events.length; i++) {
            probe.expectMsgClass(WriteMessageSuccess.class);
        }
    }

    private Throwable failedWrite(PersistentRepr... events) {
        TestKit probe = journal.probe();
        journal.send(probe, atomic(events));
        Throwable cause = probe.expectMsgClass(WriteMessagesFailed.class).cause();
        probe.expectMsgClass(WriteMessageFailure.class);
        return cause;
    }

    /** Keys and values as text. */
    private static List<String> texts(KvView rows) {
        List<String> texts = new ArrayList<>();
        try (KvCursor cursor = rows.scan(new byte[0], new byte[] {(byte) 0xff})) {
            while (cursor.next()) {
                texts.add(new String(cursor.key(), StandardCharsets.UTF_8) + "="
                        + new String(cursor.value(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private String load(SnapshotSelectionCriteria criteria) {
        TestKit probe = journal.probe();
        journal.snapshots.tell(new SnapshotProtocol.LoadSnapshot("v", criteria, MAX), probe.getRef());
        Object answer = probe.expectMsgClass(SnapshotProtocol.Response.class);
        if (answer instanceof SnapshotProtocol.LoadSnapshotFailed failed) {
            return "failed: " + failed.cause().getMessage();
        }
        Option<SelectedSnapshot> found = ((SnapshotProtocol.LoadSnapshotResult) answer).snapshot();
        return found.isEmpty()
                ? "none"
                : found.get().metadata().sequenceNr() + ":" + found.get().snapshot();
    }

    @Test
    void an_event_leaves_its_rows_and_its_number_and_nothing_else() {
        write(1, "a=1,b=1");
        write(2, "b=2,c=2", "-a,d=3");
        assertThat(texts(log.applicationRows())).containsExactly("b=2", "c=2", "d=3");
        assertThat(texts(log.journalRows())).singleElement().asString().startsWith("H");
        assertThat(journal.replay("v", 4, MAX, MAX)).containsExactly("highest=3");
    }

    @Test
    void an_actor_recovers_from_the_marker_of_its_last_event_and_replays_none() {
        assertThat(load(SnapshotSelectionCriteria.latest())).isEqualTo("none");
        write(1, "a=1", "a=2");
        assertThat(load(SnapshotSelectionCriteria.latest())).isEqualTo("2:marker-2");
        stop();
        start();
        assertThat(load(SnapshotSelectionCriteria.latest())).isEqualTo("2:marker-2");
        assertThat(journal.replay("v", 3, MAX, MAX)).containsExactly("highest=2");
        write(3, "a=3");
        assertThat(load(SnapshotSelectionCriteria.latest())).isEqualTo("3:marker-3");
    }

    @Test
    void an_earlier_state_cannot_be_had() {
        write(1, "a=1", "a=2");
        assertThat(load(SnapshotSelectionCriteria.create(1, MAX))).isEqualTo("none");
        assertThat(load(SnapshotSelectionCriteria.none())).isEqualTo("none");
        assertThat(journal.replay("v", 1, 1, MAX).get(0)).startsWith("failed: events of persistence id v up to 2");
        assertThat(journal.replayAll("v").get(0)).startsWith("failed: events of persistence id v up to 2");
    }

    @Test
    void saving_and_deleting_succeeds_without_work() {
        write(1, "a=1");
        int before = log.appended().size();
        TestKit probe = journal.probe();
        journal.snapshots.tell(
                new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata("v", 1, 0), new Object()), probe.getRef());
        probe.expectMsgClass(SaveSnapshotSuccess.class);
        journal.snapshots.tell(
                new SnapshotProtocol.DeleteSnapshots("v", SnapshotSelectionCriteria.latest()), probe.getRef());
        probe.expectMsgClass(DeleteSnapshotsSuccess.class);
        journal.delete("v", MAX);
        assertThat(log.appended()).hasSize(before);
        assertThat(load(SnapshotSelectionCriteria.latest())).isEqualTo("1:marker-1");
    }

    @Test
    void events_with_and_without_image_are_not_mixed() {
        write(1, "a=1");
        assertThat(failedWrite(event("v", 2, "text"))).hasMessageContaining("must have an image");
        assertThat(failedWrite(event("v", 2, bytes("a=2")), event("v", 3, "text")))
                .hasMessageContaining("other events of this actor have none");
        journal.write("w", 1, 1);
        assertThat(failedWrite(event("w", 2, bytes("a=2"))))
                .hasMessageContaining("other events of this actor have none");
        assertThat(texts(log.applicationRows())).containsExactly("a=1");
        write(2, "a=2");
        journal.write("w", 2, 2);
    }

    @Test
    void a_number_is_not_written_twice() {
        write(1, "a=1", "a=2");
        assertThat(failedWrite(event("v", 2, bytes("a=3")))).hasMessageContaining("event 2 of persistence id v");
        assertThat(texts(log.applicationRows())).containsExactly("a=2");
    }

    @Test
    void what_does_not_grow_the_store_is_appended_as_such() {
        write(1, "a=1");
        write(2, "-a");
        journal.write("w", 1, 1);
        TestKit probe = journal.probe();
        journal.send(probe, atomic(event("w", 2, "-without image")));
        probe.expectMsg(WriteMessagesSuccessful$.MODULE$);
        assertThat(log.appended()).extracting(batch -> batch.shrinking()).containsExactly(false, true, false, true);
    }

    @Test
    void without_the_image_such_an_actor_does_not_recover() {
        write(1, "a=1");
        stop();
        start(Optional.empty());
        assertThat(load(SnapshotSelectionCriteria.latest())).contains("no EventImage");
    }
}
