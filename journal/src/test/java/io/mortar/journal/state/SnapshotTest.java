package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.advance;
import static io.mortar.journal.state.StateFixture.bytes;
import static io.mortar.journal.state.StateFixture.rows;
import static io.mortar.journal.state.StateFixture.rowsAfter;
import static io.mortar.journal.state.StateFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a state: sent, taken in, put into use. */
class SnapshotTest {
    @TempDir
    Path directory;

    private GroupStores leader;
    private GroupStores follower;

    @BeforeEach
    void open() {
        leader = StateFixture.found(directory.resolve("leader"), KvEngine.AUTO);
        follower = StateFixture.openOrEmpty(directory.resolve("follower"), KvEngine.AUTO);
    }

    @AfterEach
    void close() {
        leader.close();
        follower.close();
    }

    private List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        try (SnapshotSource source = leader.state().snapshotSource()) {
            for (byte[] frame = source.next(); frame != null; frame = source.next()) {
                frames.add(frame);
            }
            assertThat(source.next()).isNull();
        }
        return frames;
    }

    private long states() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("follower"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("state-"))
                    .count();
        }
    }

    private static byte[] noise(int seed, int bytes) {
        byte[] value = new byte[bytes];
        Seeds.random(seed).nextBytes(value);
        return value;
    }

    private void applyLargeRows() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            entries.add(StateFixture.put(i, "row " + i, noise(i, 300_000 * (i % 2) + i)));
        }
        leader.log().append(new HardState(1, LogFixture.A), entries);
        leader.state().apply(entries);
    }

    @Test
    void an_installed_copy_is_the_state_that_was_copied_and_the_log_begins_there() throws IOException {
        advance(leader, 60);
        SnapshotSink sink = send(leader.state(), follower.state());
        advance(leader, 80);
        assertThat(rows(follower.state())).isEmpty();
        SnapshotPoint point = new SnapshotPoint(60, 1, LogFixture.ALONE);
        assertThat(follower.install(sink)).isEqualTo(point);
        for (int round = 0; round < 2; round++) {
            assertThat(follower.state().applied()).isEqualTo(point);
            assertThat(rows(follower.state())).isEqualTo(rowsAfter(60));
            assertThat(follower.log().start()).isEqualTo(point);
            assertThat(follower.log().lastIndex()).isEqualTo(60);
            assertThat(states()).isEqualTo(1);
            follower.close();
            follower = StateFixture.open(directory.resolve("follower"), KvEngine.AUTO);
        }
        advance(follower, 80);
        assertThat(rows(follower.state())).isEqualTo(rows(leader.state()));
    }

    @Test
    void a_copy_can_be_copied_on_and_replaced() {
        advance(leader, 10);
        follower.install(send(leader.state(), follower.state()));
        try (GroupStores third = StateFixture.openOrEmpty(directory.resolve("third"), KvEngine.AUTO)) {
            third.install(send(follower.state(), third.state()));
            assertThat(rows(third.state())).isEqualTo(rowsAfter(10));
            advance(leader, 30);
            third.install(send(leader.state(), third.state()));
            assertThat(rows(third.state())).isEqualTo(rowsAfter(30));
        }
    }

    @Test
    void frames_are_bounded_also_when_rows_are_larger() {
        applyLargeRows();
        List<byte[]> frames = frames();
        assertThat(frames).hasSizeGreaterThan(9).allMatch(f -> f.length <= 128 * 1024);
        follower.install(send(leader.state(), follower.state()));
        assertThat(rows(follower.state())).isEqualTo(rows(leader.state()));
    }

    @Test
    void a_copy_is_of_one_state_whatever_is_applied_meanwhile() {
        applyLargeRows();
        try (SnapshotSource source = leader.state().snapshotSource();
                SnapshotSink sink = follower.state().snapshotSink()) {
            assertThat(source.point().index()).isEqualTo(8);
            long index = 9;
            Optional<SnapshotPoint> complete = Optional.empty();
            for (byte[] frame = source.next(); frame != null; frame = source.next()) {
                complete = sink.accept(frame);
                leader.state().apply(List.of(StateFixture.put(index++, "row 7", bytes("changed"))));
            }
            assertThat(complete).contains(source.point());
            follower.install(sink);
        }
        assertThat(follower.state().applicationRows().get(bytes("row 7"))).isEqualTo(noise(7, 300_007));
    }

    @Test
    void a_frame_that_is_lost_repeated_or_changed_is_refused() {
        applyLargeRows();
        List<byte[]> frames = frames();
        refuse(List.of(frames.get(0), frames.get(2)), "checksum");
        refuse(List.of(frames.get(0), frames.get(0)), "checksum");
        refuse(List.of(frames.get(1)), "checksum");
        refuse(List.of(frames.get(0), frames.get(frames.size() - 1)), "checksum");
        for (int at : new int[] {0, 1, 5, 6, 700, frames.get(0).length - 1}) {
            byte[] changed = frames.get(0).clone();
            changed[at] ^= 0x10;
            refuse(List.of(changed), "frame ");
        }
        refuse(List.of(new byte[0]), "frame of 0 bytes");
        refuse(List.of(new byte[200_000]), "frame of 200000 bytes");
    }

    private void refuse(List<byte[]> frames, String text) {
        try (SnapshotSink sink = follower.state().snapshotSink()) {
            assertThatThrownBy(() -> frames.forEach(sink::accept))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(text);
            assertThatThrownBy(() -> follower.install(sink)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_incomplete_copy_is_never_installed_and_leaves_nothing() throws IOException {
        advance(leader, 10);
        SnapshotSink sink = follower.state().snapshotSink();
        sink.accept(frames().get(0));
        assertThat(sink.nextFrame()).isEqualTo(1);
        assertThatThrownBy(() -> follower.install(sink))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not complete");
        sink.close();
        sink.close();
        assertThat(states()).isEqualTo(1);
        assertThat(follower.state().applied().index()).isZero();
    }

    @Test
    void another_clusters_or_groups_copy_is_refused() {
        KvOptions options = LogFixture.options(KvEngine.AUTO);
        for (GroupIdentity other : List.of(
                new GroupIdentity(StateFixture.otherCluster(), 7),
                new GroupIdentity(LogFixture.IDENTITY.clusterId(), 8))) {
            Path foreign = directory.resolve("foreign " + other.group());
            try (GroupStores stores = GroupStores.openOrEmpty(foreign, other, options, options)) {
                assertThatThrownBy(() -> send(leader.state(), stores.state()))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void views_follow_an_installed_copy_and_what_was_open_ends_without_harm() {
        advance(leader, 60);
        advance(follower, 20);
        KvView view = follower.state().applicationRows();
        KvSnapshot snapshot = follower.state().applicationSnapshot();
        KvCursor cursor = view.scan(new byte[0], new byte[] {(byte) 0xff});
        assertThat(cursor.next()).isTrue();
        SnapshotSource source = follower.state().snapshotSource();
        follower.install(send(leader.state(), follower.state()));
        assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> snapshot.get(bytes("key 1"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(source::next).isInstanceOf(IllegalStateException.class);
        cursor.close();
        snapshot.close();
        source.close();
        TreeMap<String, String> seen = new TreeMap<>();
        StateFixture.collect("application ", view, seen);
        assertThat(seen).isEqualTo(rowsAfter(60).tailMap("application ").headMap("b"));
    }

    @Test
    void a_copy_is_not_begun_or_goes_no_further_when_room_for_two_states_runs_out() throws IOException {
        AtomicLong usable = new AtomicLong(1000);
        DiskSpace space = DiskSpace.open(directory, new SpaceLimits(0, 100, 50), usable::get);
        KvOptions options = KvOptions.of(space);
        try (GroupStores stores =
                GroupStores.openOrEmpty(directory.resolve("small"), LogFixture.IDENTITY, options, options)) {
            applyLargeRows();
            List<byte[]> frames = frames();
            SnapshotSink sink = stores.state().snapshotSink();
            sink.accept(frames.get(0));
            usable.set(99);
            assertThatThrownBy(() -> frames.subList(1, frames.size()).forEach(sink::accept))
                    .isInstanceOf(KvNoSpaceException.class);
            sink.close();
            assertThatThrownBy(() -> stores.state().snapshotSink()).isInstanceOf(KvNoSpaceException.class);
            usable.set(1000);
            stores.install(send(leader.state(), stores.state()));
            assertThat(rows(stores.state())).isEqualTo(rows(leader.state()));
        }
    }
}
