package io.mortar.journal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.DeleteSnapshotSuccess;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.SaveSnapshotFailure;
import akka.persistence.SaveSnapshotSuccess;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.javadsl.TestKit;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** What Akka's technology compatibility kit demands of a snapshot store ({@code SnapshotStoreSpec}), and our size limit. */
public abstract class SnapshotContract {
    private static final long MAX = Long.MAX_VALUE;

    @TempDir
    protected Path directory;

    protected JournalSystem journal;
    private List<SnapshotMetadata> saved = List.of();

    /** The journal in {@code directory}; once it is closed it can be opened again, and has what it had. */
    protected abstract JournalSystem open(Path directory);

    /** Bytes of the largest snapshot that is taken, under the settings that are the default. */
    protected abstract int snapshotBytesMax();

    @BeforeEach
    final void start() {
        journal = open(directory.resolve("journal"));
        saved = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            saved.add(save("p", 10 + number, "s-" + number).metadata());
        }
    }

    @AfterEach
    final void stop() {
        journal.close();
    }

    private SaveSnapshotSuccess save(String persistenceId, long number, Object state) {
        journal.recoverOnce(persistenceId);
        TestKit probe = journal.probe();
        journal.snapshots.tell(
                new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata(persistenceId, number, 0), state),
                probe.getRef());
        return probe.expectMsgClass(SaveSnapshotSuccess.class);
    }

    private String load(String persistenceId, SnapshotSelectionCriteria criteria, long to) {
        TestKit probe = journal.probe();
        journal.snapshots.tell(new SnapshotProtocol.LoadSnapshot(persistenceId, criteria, to), probe.getRef());
        Option<SelectedSnapshot> found =
                probe.expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class).snapshot();
        return found.isEmpty()
                ? "none"
                : found.get().metadata().sequenceNr() + ":" + found.get().snapshot();
    }

    private String loadLatest() {
        return load("p", SnapshotSelectionCriteria.latest(), MAX);
    }

    @Test
    void an_actor_without_snapshots_has_none() {
        assertThat(load("q", SnapshotSelectionCriteria.latest(), MAX)).isEqualTo("none");
        assertThat(load("q", SnapshotSelectionCriteria.create(100, MAX), MAX)).isEqualTo("none");
    }

    @Test
    void the_latest_is_loaded_also_after_a_restart() {
        assertThat(loadLatest()).isEqualTo("15:s-5");
        journal.close();
        journal = open(directory.resolve("journal"));
        assertThat(loadLatest()).isEqualTo("15:s-5");
    }

    @Test
    void none_is_loaded_beyond_the_bounds() {
        assertThat(load("p", SnapshotSelectionCriteria.latest(), 10)).isEqualTo("none");
        assertThat(load("p", SnapshotSelectionCriteria.create(10, MAX), MAX)).isEqualTo("none");
        assertThat(load("p", SnapshotSelectionCriteria.create(MAX, 100), MAX)).isEqualTo("none");
        assertThat(load("p", SnapshotSelectionCriteria.create(MAX, MAX, 16, 0), MAX))
                .isEqualTo("none");
        assertThat(load("p", SnapshotSelectionCriteria.none(), MAX)).isEqualTo("none");
    }

    @Test
    void the_latest_within_the_bounds_is_loaded() {
        long third = saved.get(2).timestamp();
        assertThat(load("p", SnapshotSelectionCriteria.create(13, MAX), MAX)).isEqualTo("13:s-3");
        assertThat(load("p", SnapshotSelectionCriteria.latest(), 13)).isEqualTo("13:s-3");
        assertThat(load("p", SnapshotSelectionCriteria.create(13, third), MAX)).isEqualTo("13:s-3");
        assertThat(load("p", SnapshotSelectionCriteria.create(14, MAX, 14, 0), MAX))
                .isEqualTo("14:s-4");
    }

    @Test
    void one_is_deleted_by_its_number_whatever_its_time() {
        deleteOne(new SnapshotMetadata("p", 15, 0));
        assertThat(loadLatest()).isEqualTo("14:s-4");
    }

    @Test
    void one_of_another_time_is_not_deleted() {
        deleteOne(new SnapshotMetadata("p", 15, saved.get(4).timestamp() + 1));
        assertThat(loadLatest()).isEqualTo("15:s-5");
    }

    private void deleteOne(SnapshotMetadata metadata) {
        TestKit probe = journal.probe();
        journal.snapshots.tell(new SnapshotProtocol.DeleteSnapshot(metadata), probe.getRef());
        probe.expectMsgClass(DeleteSnapshotSuccess.class);
    }

    @Test
    void all_within_the_bounds_are_deleted_and_no_others() {
        deleteMany(SnapshotSelectionCriteria.create(15, saved.get(0).timestamp() - 1));
        assertThat(loadLatest()).isEqualTo("15:s-5");
        deleteMany(SnapshotSelectionCriteria.create(14, MAX, 12, 0));
        assertThat(load("p", SnapshotSelectionCriteria.create(14, MAX), MAX)).isEqualTo("11:s-1");
        assertThat(loadLatest()).isEqualTo("15:s-5");
    }

    private void deleteMany(SnapshotSelectionCriteria criteria) {
        TestKit probe = journal.probe();
        journal.snapshots.tell(new SnapshotProtocol.DeleteSnapshots("p", criteria), probe.getRef());
        probe.expectMsgClass(DeleteSnapshotsSuccess.class);
    }

    @Test
    void a_later_snapshot_takes_the_place_of_one_with_its_number() {
        save("p", 15, "again");
        assertThat(loadLatest()).isEqualTo("15:again");
    }

    @Test
    void a_snapshot_of_the_size_limit_is_kept_and_what_is_larger_or_not_serializable_is_refused() {
        String largest = "x".repeat(snapshotBytesMax());
        save("p", 16, largest);
        assertThat(loadLatest()).isEqualTo("16:" + largest);
        assertThat(refused(largest + "x")).hasMessageContaining("larger than the " + snapshotBytesMax());
        assertThat(refused(new Object())).isInstanceOf(NotSerializableException.class);
        assertThat(loadLatest()).isEqualTo("16:" + largest);
    }

    private Throwable refused(Object state) {
        TestKit probe = journal.probe();
        journal.snapshots.tell(
                new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata("p", 17, 0), state), probe.getRef());
        return probe.expectMsgClass(SaveSnapshotFailure.class).cause();
    }
}
