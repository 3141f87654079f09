package io.mortar.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import com.typesafe.config.ConfigFactory;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.PersistenceIds;
import io.mortar.journal.rows.StoredActor;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.identity.StartRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalImportTest {
    /** So small that every row is a batch of its own. */
    private static final int BATCH_BYTES = 1;

    @TempDir
    private Path directory;

    private ActorTestKit kit;
    private LocalMetadata local;
    private final MemoryLog log = new MemoryLog();

    @BeforeEach
    void open() throws IOException {
        StoredPool.copyTo(directory);
        kit = ActorTestKit.create(
                "mortar",
                ConfigFactory.parseString("mortar.journal.local.dir = \"" + directory.resolve("journal") + "\"")
                        .withFallback(ConfigFactory.load()));
        local = new LocalMetadata(directory, LocalStore.get(kit.system()).rows(), KvOptions.of(DiskSpace.UNLIMITED));
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
    }

    @Test
    void volumes_keep_the_number_of_their_last_event_and_the_registry_keeps_its_rows() {
        importAll();

        KvView before = local.journal();
        List<String> ids = PersistenceIds.page(before, Optional.empty(), 100);
        assertThat(ids).containsExactly("bricks", "registry", "volume-1", "volume-2", "volume-3");
        for (String id : ids) {
            Highest imported = Highest.of(id, log.journalRows());
            if (id.startsWith("volume-")) {
                assertThat(imported)
                        .isEqualTo(new Highest(Highest.of(id, before).number(), true));
            } else if (id.equals("registry")) {
                assertThat(rowsOf(log.journalRows(), id))
                        .isEqualTo(rowsOf(before, id))
                        .isNotEmpty();
            } else {
                assertThat(imported.number()).as("%s stays where it is", id).isZero();
            }
        }
        assertThat(log.dump()).anyMatch(row -> row.startsWith("APPLICATION"));
    }

    @Test
    void an_event_that_was_not_applied_yet_is_applied_first() {
        importAll();

        assertThat(log.dump()).anyMatch(row -> row.startsWith("APPLICATION") && row.contains(hex("poems")));
    }

    @Test
    void nothing_is_left_of_the_old_namespace() throws IOException {
        importAll();

        assertThat(local.exists()).isFalse();
        assertThat(names()).doesNotContain("namespace", "namespace.imported").contains("journal");
    }

    @Test
    void an_import_that_stops_after_any_append_is_repeated_from_the_start() throws IOException {
        importAll();
        List<String> expected = log.dump();
        int appends = log.appendCount();
        assertThat(appends).isGreaterThan(10);
        for (int count = 0; count < appends; count++) {
            StoredPool.copyTo(directory.resolve("again" + count));
            LocalMetadata again = again(count);
            MemoryLog other = new MemoryLog();
            LocalImport interrupted = new LocalImport(again, other, Adapter.toClassic(kit.system()), BATCH_BYTES);
            other.failAfter(count);

            assertThatThrownBy(() -> interrupted.run(1)).hasRootCauseMessage("no more appends");

            assertThat(again.exists()).isTrue();
            other.failAfter(Integer.MAX_VALUE);
            interrupted.run(1);
            assertThat(other.dump()).isEqualTo(expected);
            assertThat(again.exists()).isFalse();
        }
    }

    @Test
    void an_import_that_stops_before_the_rename_is_repeated() throws IOException {
        Path obstacle = Files.createDirectories(directory.resolve("namespace.imported/obstacle"));

        assertThatThrownBy(this::importAll).hasMessageContaining("cannot be renamed");

        assertThat(local.exists()).isTrue();
        List<String> expected = log.dump();
        Files.delete(obstacle);
        importAll();
        assertThat(local.exists()).isFalse();
        assertThat(log.dump()).isEqualTo(expected);
    }

    @Test
    void what_was_renamed_is_only_deleted() throws IOException {
        local.retire();

        assertThat(local.exists()).isFalse();
        importAll();
        local.deleteRetired();

        assertThat(log.appendCount()).isZero();
        assertThat(names()).doesNotContain("namespace.imported");
    }

    @Test
    void a_pool_whose_namespace_is_missing_is_not_taken_for_an_empty_one() throws IOException {
        local.requireComplete();
        local.retire();

        assertThatThrownBy(local::requireComplete)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("put back");
    }

    @Test
    void a_pool_whose_events_are_in_another_journal_is_not_taken_for_an_empty_one() {
        LocalMetadata foreign = new LocalMetadata(directory, log.journalRows(), KvOptions.of(DiskSpace.UNLIMITED));

        assertThatThrownBy(foreign::requireComplete)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("another journal");
    }

    @Test
    void a_namespace_whose_events_are_in_another_journal_is_left_alone() {
        LocalMetadata foreign = new LocalMetadata(directory, log.journalRows(), KvOptions.of(DiskSpace.UNLIMITED));

        assertThatThrownBy(() -> new LocalImport(foreign, log, Adapter.toClassic(kit.system()), BATCH_BYTES).run(1))
                .hasMessageContaining("another journal");

        assertThat(foreign.exists()).isTrue();
        assertThat(log.appendCount()).isZero();
    }

    private void importAll() {
        new LocalImport(local, log, Adapter.toClassic(kit.system()), BATCH_BYTES).run(1);
    }

    /** The same journal with another copy of the namespace. */
    private LocalMetadata again(int count) {
        return new LocalMetadata(
                directory.resolve("again" + count), local.journal(), KvOptions.of(DiskSpace.UNLIMITED));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Map<String, String> rowsOf(KvView rows, String id) {
        Map<String, String> found = new TreeMap<>();
        StoredActor.forEachRow(rows, id, (key, value) -> found.put(hex(key), hex(value)));
        return found;
    }

    private static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
