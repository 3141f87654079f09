package io.mortar.journal.state;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Groups with something in them. */
final class StateFixture {
    private StateFixture() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Changes some of a few rows, differently for each index. */
    static Entry change(long index, long term) {
        RandomGenerator random = Seeds.random(index);
        RowBatch.Builder batch = RowBatch.builder();
        for (int i = 0; i < 4; i++) {
            Area area = random.nextBoolean() ? Area.JOURNAL : Area.APPLICATION;
            byte[] key = bytes("key " + random.nextInt(20));
            if (random.nextInt(3) == 0) {
                batch.delete(area, key);
            } else {
                batch.put(area, key, bytes("value of " + index + " " + "y".repeat(random.nextInt(200))));
            }
        }
        return new Entry(index, term, Entry.Kind.ROWS, RowBatchCodec.encode(batch.build()));
    }

    static List<Entry> changes(long from, long to, long term) {
        return LongStream.rangeClosed(from, to).mapToObj(i -> change(i, term)).toList();
    }

    static Entry put(long index, String key, byte[] value) {
        RowBatch batch =
                RowBatch.builder().put(Area.APPLICATION, bytes(key), value).build();
        return new Entry(index, 1, Entry.Kind.ROWS, RowBatchCodec.encode(batch));
    }

    /** All rows of both areas. */
    static SortedMap<String, String> rows(StateStore state) {
        SortedMap<String, String> found = new TreeMap<>();
        collect("journal ", state.journalRows(), found);
        collect("application ", state.applicationRows(), found);
        return found;
    }

    static void collect(String prefix, KvView view, SortedMap<String, String> found) {
        try (KvCursor cursor = view.scan(new byte[0], new byte[] {(byte) 0xff})) {
            while (cursor.next()) {
                found.put(
                        prefix + new String(cursor.key(), StandardCharsets.UTF_8),
                        new String(cursor.value(), StandardCharsets.UTF_8));
            }
        }
    }

    /** What a state holds after {@link #changes} from 1 up to {@code last}. */
    static SortedMap<String, String> rowsAfter(long last) {
        SortedMap<String, String> expected = new TreeMap<>();
        for (long i = 1; i <= last; i++) {
            for (RowBatch.Row row : RowBatchCodec.decode(change(i, 1).payload()).rows()) {
                String key = (row.area() == Area.JOURNAL ? "journal " : "application ")
                        + new String(row.key(), StandardCharsets.UTF_8);
                byte[] value = row.value();
                if (value == null) {
                    expected.remove(key);
                } else {
                    expected.put(key, new String(value, StandardCharsets.UTF_8));
                }
            }
        }
        return expected;
    }

    static GroupStores found(Path directory, KvEngine engine) {
        KvOptions options = LogFixture.options(engine);
        return GroupStores.found(directory, LogFixture.IDENTITY, LogFixture.ALONE, options, options);
    }

    static GroupStores open(Path directory, KvEngine engine) {
        KvOptions options = LogFixture.options(engine);
        return GroupStores.open(directory, LogFixture.IDENTITY, options, options);
    }

    static GroupStores openOrEmpty(Path directory, KvEngine engine) {
        KvOptions options = LogFixture.options(engine);
        return GroupStores.openOrEmpty(directory, LogFixture.IDENTITY, options, options);
    }

    static UUID otherCluster() {
        return new UUID(9, 9);
    }

    /** Appends {@link #changes} up to {@code last} in term 1 and applies them. */
    static void advance(GroupStores stores, long last) {
        List<Entry> entries = changes(stores.log().lastIndex() + 1, last, 1);
        stores.log().append(new HardState(1, LogFixture.A), entries);
        stores.state().apply(entries);
    }

    /** Sends a copy of one state to another; the copy is complete and not installed. */
    static SnapshotSink send(StateStore from, StateStore to) {
        SnapshotSink sink = to.snapshotSink();
        try (SnapshotSource source = from.snapshotSource()) {
            for (byte[] frame = source.next(); frame != null; frame = source.next()) {
                sink.accept(frame);
            }
        }
        return sink;
    }
}
