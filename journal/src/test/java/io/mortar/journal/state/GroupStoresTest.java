package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.advance;
import static io.mortar.journal.state.StateFixture.changes;
import static io.mortar.journal.state.StateFixture.found;
import static io.mortar.journal.state.StateFixture.open;
import static io.mortar.journal.state.StateFixture.openOrEmpty;
import static io.mortar.journal.state.StateFixture.rows;
import static io.mortar.journal.state.StateFixture.rowsAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.testkit.DirectoryCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Log and state of one member together: made, opened, in accord after crashes, refused otherwise. */
class GroupStoresTest {
    @TempDir
    Path directory;

    private Path group = Path.of("");

    @BeforeEach
    void name() {
        group = directory.resolve("group");
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> open(group, KvEngine.AUTO).close())
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining(group.toString())
                .hasMessageContaining(text);
    }

    @Test
    void a_founded_group_knows_its_members_and_is_found_again() {
        assertThat(GroupStores.exists(group)).isFalse();
        assertRefused("holds no group's stores");
        try (GroupStores stores = found(group, KvEngine.AUTO)) {
            assertThat(stores.log().start()).isEqualTo(SnapshotPoint.origin(LogFixture.ALONE));
            assertThat(stores.state().applied()).isEqualTo(SnapshotPoint.origin(LogFixture.ALONE));
            assertThat(stores.log().hardState()).isEqualTo(HardState.INITIAL);
            advance(stores, 20);
        }
        assertThat(GroupStores.exists(group)).isTrue();
        try (GroupStores stores = openOrEmpty(group, KvEngine.AUTO)) {
            assertThat(rows(stores.state())).isEqualTo(rowsAfter(20));
            assertThat(stores.log().lastIndex()).isEqualTo(20);
        }
    }

    @Test
    void no_group_is_founded_over_another_or_without_a_voter() {
        KvOptions options = LogFixture.options(KvEngine.AUTO);
        assertThatThrownBy(() -> GroupStores.found(group, LogFixture.IDENTITY, Membership.NONE, options, options))
                .isInstanceOf(IllegalArgumentException.class);
        found(group, KvEngine.AUTO).close();
        assertThatThrownBy(() -> found(group, KvEngine.AUTO))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("already");
    }

    @Test
    void a_member_that_was_never_told_anything_knows_nobody() {
        openOrEmpty(group, KvEngine.AUTO).close();
        try (GroupStores stores = openOrEmpty(group, KvEngine.AUTO)) {
            assertThat(stores.state().applied()).isEqualTo(SnapshotPoint.origin(Membership.NONE));
            assertThat(stores.log().lastIndex()).isZero();
        }
    }

    @Test
    void another_groups_or_clusters_stores_are_refused() {
        found(group, KvEngine.AUTO).close();
        KvOptions options = LogFixture.options(KvEngine.AUTO);
        GroupIdentity cluster = new GroupIdentity(StateFixture.otherCluster(), 7);
        assertThatThrownBy(() -> GroupStores.openOrEmpty(group, cluster, options, options))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("belongs to group 7 of cluster " + LogFixture.IDENTITY.clusterId());
        GroupIdentity number = new GroupIdentity(LogFixture.IDENTITY.clusterId(), 8);
        assertThatThrownBy(() -> GroupStores.openOrEmpty(group, number, options, options))
                .isInstanceOf(StoreRefusedException.class);
    }

    @Test
    void a_state_of_another_cluster_beside_the_right_log_is_refused() {
        found(group, KvEngine.AUTO).close();
        KvOptions options = LogFixture.options(KvEngine.AUTO);
        Path foreign = directory.resolve("foreign");
        GroupStores.found(
                        foreign, new GroupIdentity(StateFixture.otherCluster(), 7), LogFixture.ALONE, options, options)
                .close();
        new StateDirectory(group).remove(group.resolve("state-1"));
        DirectoryCopy.of(foreign.resolve("state-1"), group.resolve("state-1"));
        assertRefused("belongs to group 7 of cluster " + StateFixture.otherCluster());
    }

    @Test
    void two_processes_cannot_have_one_directory_open() {
        try (GroupStores stores = found(group, KvEngine.AUTO)) {
            assertThatThrownBy(() -> open(group, KvEngine.AUTO)).isInstanceOf(KvFailedException.class);
            advance(stores, 1);
        }
    }

    @Test
    void making_stores_can_be_interrupted_anywhere_and_is_done_again() {
        found(group, KvEngine.AUTO).close();
        Path noState = directory.resolve("no-state");
        DirectoryCopy.of(group.resolve("log"), noState.resolve("log"));
        Path noCurrent = DirectoryCopy.of(noState, directory.resolve("no-current"));
        DirectoryCopy.of(group.resolve("state-1"), noCurrent.resolve("state-1"));
        Path emptyLog = directory.resolve("empty-log");
        KvStores.open(emptyLog.resolve("log"), LogFixture.options(KvEngine.AUTO))
                .close();
        for (Path interrupted : List.of(noState, noCurrent, emptyLog)) {
            assertThat(GroupStores.exists(interrupted)).isFalse();
            found(interrupted, KvEngine.AUTO).close();
            try (GroupStores stores = open(interrupted, KvEngine.AUTO)) {
                advance(stores, 3);
                assertThat(rows(stores.state())).isEqualTo(rowsAfter(3));
            }
        }
    }

    @Test
    void stores_whose_current_file_is_gone_are_not_made_anew() throws IOException {
        try (GroupStores stores = found(group, KvEngine.AUTO)) {
            advance(stores, 3);
        }
        Files.delete(group.resolve("current"));
        assertThatThrownBy(() -> openOrEmpty(group, KvEngine.AUTO))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("holds a log up to 3 already");
        assertThatThrownBy(() -> found(group, KvEngine.AUTO)).isInstanceOf(StoreRefusedException.class);
        Files.writeString(group.resolve("current"), "state-1\n");
        try (GroupStores stores = open(group, KvEngine.AUTO)) {
            assertThat(rows(stores.state())).isEqualTo(rowsAfter(3));
        }
    }

    @Test
    void a_log_that_begins_beyond_what_is_applied_is_refused() {
        try (GroupStores stores = found(group, KvEngine.AUTO)) {
            advance(stores, 5);
            stores.log().append(null, changes(6, 9, 1));
            stores.log().compactTo(7);
        }
        assertRefused("its log begins after entry 7, but its state has applied only up to entry 5");
    }

    @Test
    void a_state_ahead_of_its_log_without_a_copy_is_a_log_that_lost_something_and_is_refused() {
        try (GroupStores stores = found(group, KvEngine.AUTO)) {
            advance(stores, 5);
            stores.state().apply(changes(6, 6, 1));
        }
        assertRefused("has applied entry 6 of term 1, which its log, that ends at entry 5, does not hold");
    }

    @Test
    void a_state_that_is_missing_is_refused() {
        found(group, KvEngine.AUTO).close();
        new StateDirectory(group).remove(group.resolve("state-1"));
        assertRefused("its state state-1");
    }

    @Test
    void a_state_that_does_not_say_what_it_has_applied_is_refused() {
        found(group, KvEngine.AUTO).close();
        try (KvStore store = KvStores.open(group.resolve("state-1"), LogFixture.options(KvEngine.AUTO))) {
            store.write(new KvBatch().delete(StateKeys.applied(7)));
        }
        assertRefused("up to where it is applied");
    }

    /** The older state stays until the newer one is complete; then the newer one is in use, whatever of the rest was done. */
    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void installing_a_copy_can_be_interrupted_anywhere(KvEngine engine) throws IOException {
        SnapshotPoint point = new SnapshotPoint(40, 1, LogFixture.ALONE);
        try (GroupStores leader = found(directory.resolve("leader"), engine);
                GroupStores stores = openOrEmpty(group, engine)) {
            advance(leader, 40);
            // A suffix that a leader of another term wrote: it must be gone with the copy, also when it is longer.
            stores.log().append(new HardState(2, LogFixture.B), changes(1, 10, 1));
            stores.state().apply(changes(1, 10, 1));
            stores.log().append(null, changes(11, 50, 2));
            try (SnapshotSource source = leader.state().snapshotSource()) {
                SnapshotSink sink = stores.state().snapshotSink();
                assertOldAfterCrash("begun", engine);
                for (byte[] frame = source.next(); frame != null; frame = source.next()) {
                    sink.accept(frame);
                    assertOldAfterCrash("frame " + sink.nextFrame(), engine);
                }
                Path written = DirectoryCopy.of(group, directory.resolve("current written"));
                Files.writeString(written.resolve("current.new"), "state-2\n");
                assertOld(written, engine);
                Path renamed = DirectoryCopy.of(group, directory.resolve("current renamed"));
                Files.writeString(renamed.resolve("current"), "state-2\n");
                assertNew(renamed, engine, point);
                sink.install();
            }
            assertNew(DirectoryCopy.of(group, directory.resolve("switched")), engine, point);
            stores.log().reset(point);
            assertNew(DirectoryCopy.of(group, directory.resolve("reset")), engine, point);
            stores.log().deleteSome();
            assertNew(DirectoryCopy.of(group, directory.resolve("deleted")), engine, point);
        }
        assertNew(group, engine, point);
    }

    private void assertOldAfterCrash(String step, KvEngine engine) {
        assertOld(DirectoryCopy.of(group, directory.resolve("after " + step)), engine);
    }

    private static void assertOld(Path crashed, KvEngine engine) {
        try (GroupStores stores = open(crashed, engine)) {
            assertThat(stores.state().applied().index()).as("%s", crashed).isEqualTo(10);
            assertThat(rows(stores.state())).isEqualTo(rowsAfter(10));
            assertThat(stores.log().lastIndex()).isEqualTo(50);
            assertThat(crashed.resolve("state-2")).doesNotExist();
        }
    }

    private static void assertNew(Path crashed, KvEngine engine, SnapshotPoint point) {
        for (int round = 0; round < 2; round++) {
            try (GroupStores stores = open(crashed, engine)) {
                assertThat(stores.state().applied()).as("%s", crashed).isEqualTo(point);
                assertThat(rows(stores.state())).isEqualTo(rowsAfter(40));
                assertThat(stores.log().start()).isEqualTo(point);
                assertThat(stores.log().lastIndex()).isEqualTo(40);
                assertThat(stores.log().hardState()).isEqualTo(new HardState(2, LogFixture.B));
                assertThat(crashed.resolve("state-1")).doesNotExist();
            }
        }
    }
}
