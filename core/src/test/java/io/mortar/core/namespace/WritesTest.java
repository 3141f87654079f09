package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static io.mortar.core.namespace.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.refusal.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WritesTest {
    private final TestVolume volume = new TestVolume();

    @Test
    void a_small_file_is_kept_in_the_namespace_and_its_parents_are_made() {
        Outcome.Written written = (Outcome.Written) volume.put("/a/b/c", "hello");

        assertThat(written.created()).isTrue();
        assertThat(written.modifiedMillis()).isEqualTo(volume.nowMillis);
        FileView file = volume.file("/a/b/c");
        assertThat(file.version()).isEqualTo(written.version());
        assertThat(file.striping()).isNull();
        assertThat(file.sizeBytes()).isEqualTo(5);
        assertThat(file.crc32c())
                .isEqualTo(BlockChecksums.ofWhole(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8))));
        assertThat(volume.content("/a/b/c")).isEqualTo("hello");
        assertThat(volume.lookup("/a/b")).isInstanceOf(Outcome.DirectoryFound.class);
        assertThat(volume.usage()).isEqualTo(new Usage(1, 2, 5, 0));
    }

    @Test
    void inline_content_above_the_limit_is_refused_and_at_the_limit_is_not() {
        byte[] most = new byte[Command.INLINE_SIZE_BYTES_MAX];
        byte[] more = new byte[Command.INLINE_SIZE_BYTES_MAX + 1];

        assertThat(volume.run(new Command.PutInline(path("/a"), WriteCondition.NONE, most)))
                .isInstanceOf(Outcome.Written.class);
        assertRefused(
                volume.run(new Command.PutInline(path("/a"), WriteCondition.NONE, more)),
                RefusalCode.BAD_REQUEST,
                "4097",
                "4096");
    }

    @Test
    void a_large_file_is_visible_only_after_its_commit() {
        Outcome.WriteOpened opened = volume.open("/dir/large");
        assertThat(opened.leaseMillis()).isEqualTo(TestVolume.LEASE_MILLIS);
        assertThat(opened.locations())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("bt1:/srv/brick1", "bt2:/srv/brick2", "bt3:/srv/brick3");
        assertRefused(volume.lookup("/dir/large"), RefusalCode.NOT_FOUND);
        assertRefused(volume.lookup("/dir"), RefusalCode.NOT_FOUND);

        assertThat(volume.commit(opened.version(), 1_000_000))
                .isEqualTo(new Outcome.Written(opened.version(), true, volume.nowMillis));

        FileView file = volume.file("/dir/large");
        assertThat(file.version()).isEqualTo(opened.version());
        assertThat(file.striping()).isEqualTo(opened.striping());
        assertThat(file.locations()).isEqualTo(opened.locations());
        assertThat(file.crc32c()).isEqualTo(99);
        assertThat(file.inline()).isEmpty();
        assertThat(volume.usage()).isEqualTo(new Usage(1, 1, 1_000_000, 0));
    }

    @Test
    void an_empty_file_names_no_bricks_however_it_was_written() {
        volume.putLarge("/empty", 0);

        assertThat(volume.file("/empty").striping()).isNull();
        assertThat(volume.file("/empty").sizeBytes()).isZero();
    }

    @Test
    void replaced_chunks_are_deleted_after_the_purge_delay() {
        FileVersion old = volume.putLarge("/f", 100_000);
        FileVersion next = volume.putLarge("/f", 50_000);

        assertThat(next).isNotEqualTo(old);
        assertThat(volume.due()).isEmpty();
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.dueVersions()).containsExactly(old);
        assertThat(volume.due().get(0).bricks()).hasSize(3);
        assertThat(volume.usage()).isEqualTo(new Usage(1, 0, 50_000, 0));
    }

    @Test
    void replaced_inline_content_leaves_nothing_to_delete_and_no_row() {
        volume.put("/f", "one");
        int rowCount = volume.rows.rows.size();
        Outcome.Written written = (Outcome.Written) volume.put("/f", "three");

        assertThat(written.created()).isFalse();
        assertThat(volume.rows.rows).hasSize(rowCount);
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.due()).isEmpty();
        assertThat(volume.usage()).isEqualTo(new Usage(1, 0, 5, 0));
    }

    @Test
    void of_two_open_writes_to_one_path_the_later_commit_is_kept_and_the_earlier_deleted() {
        FileVersion first = volume.open("/f").version();
        FileVersion second = volume.open("/f").version();
        volume.commit(second, 10_000);
        assertThat(volume.commit(first, 20_000)).isEqualTo(new Outcome.Written(first, false, volume.nowMillis));

        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.file("/f").version()).isEqualTo(first);
        assertThat(volume.dueVersions()).containsExactly(second);
    }

    @Test
    void a_file_that_is_moved_while_it_is_being_rewritten_keeps_its_content() {
        FileVersion old = volume.putLarge("/f", 10_000);
        FileVersion next = volume.open("/f").version();
        volume.move("/f", "/elsewhere");
        volume.commit(next, 20_000);

        assertThat(volume.file("/elsewhere").version()).isEqualTo(old);
        assertThat(volume.file("/f").version()).isEqualTo(next);
        assertThat(volume.usage()).isEqualTo(new Usage(2, 0, 30_000, 0));
    }

    @Test
    void a_commit_makes_parents_anew_that_were_removed_while_it_was_being_written() {
        volume.makeDirectories("/a/b");
        FileVersion version = volume.open("/a/b/f").version();
        volume.put("/a/other", "x");
        volume.removeAll("/a");

        volume.commit(version, 10_000);
        volume.purge(10);

        assertThat(volume.file("/a/b/f").version()).isEqualTo(version);
        assertThat(volume.names("/a")).containsExactly("b");
        assertThat(volume.usage()).isEqualTo(new Usage(1, 2, 10_000, 0));
    }

    @Test
    void exactly_one_of_the_open_writes_that_ask_for_no_target_can_commit() {
        WriteCondition absent = new WriteCondition(false, true, List.of(), List.of(), -1);
        List<FileVersion> versions =
                List.of(volume.open("/f").version(), volume.open("/f").version());
        assertThat(volume.run(new Command.CommitWrite(versions.get(0), absent, 10_000, 1, List.of())))
                .isInstanceOf(Outcome.Written.class);
        assertRefused(
                volume.run(new Command.CommitWrite(versions.get(1), absent, 10_000, 1, List.of())),
                RefusalCode.PRECONDITION_FAILED,
                "/f");
        assertThat(Leases.isOpen(volume.rows, versions.get(1))).isTrue();
    }

    @Test
    void an_aborted_write_leaves_nothing_visible_and_its_chunks_are_due_at_once() {
        FileVersion version = volume.open("/f").version();
        assertThat(volume.run(new Command.AbortWrite(version))).isEqualTo(new Outcome.WriteAborted());

        assertThat(volume.dueVersions()).containsExactly(version);
        assertRefused(volume.commit(version, 10_000), RefusalCode.LEASE_LOST, version.toString());
        assertThat(volume.run(new Command.AbortWrite(version))).isEqualTo(new Outcome.WriteAborted());
        assertThat(volume.due()).hasSize(1);
    }

    @Test
    void a_committed_write_cannot_be_aborted() {
        FileVersion version = volume.putLarge("/f", 10_000);
        volume.run(new Command.AbortWrite(version));

        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.due()).isEmpty();
        assertThat(volume.file("/f").version()).isEqualTo(version);
    }

    @Test
    void a_directory_is_not_written_to_and_a_file_is_not_a_directory() {
        volume.makeDirectory("/dir");
        volume.put("/file", "x");

        assertRefused(volume.put("/dir", "x"), RefusalCode.IS_A_DIRECTORY, "/dir");
        assertRefused(volume.put("/", "x"), RefusalCode.IS_A_DIRECTORY);
        assertRefused(volume.put("/file/below/it", "x"), RefusalCode.NOT_A_DIRECTORY, "'/file'");
        assertRefused(
                volume.run(new Command.OpenWrite(path("/file/below"), WriteCondition.NONE, -1)),
                RefusalCode.NOT_A_DIRECTORY);
        FileVersion version = volume.open("/later").version();
        volume.makeDirectory("/later");
        assertRefused(volume.commit(version, 10_000), RefusalCode.IS_A_DIRECTORY, "/later");
    }

    @Test
    void sizes_that_no_file_can_have_are_refused() {
        FileVersion version = volume.open("/f").version();

        assertRefused(volume.commit(version, -1), RefusalCode.BAD_REQUEST, "-1");
        assertRefused(volume.commit(version, Long.MAX_VALUE), RefusalCode.BAD_REQUEST);
        assertRefused(volume.run(new Command.OpenWrite(path("/f"), WriteCondition.NONE, -2)), RefusalCode.BAD_REQUEST);
        assertRefused(
                volume.run(new Command.OpenWrite(path("/f"), WriteCondition.NONE, Long.MAX_VALUE)),
                RefusalCode.BAD_REQUEST);
    }

    @Test
    void a_size_that_does_not_fit_is_refused_before_anything_is_written() {
        assertRefused(
                volume.run(new Command.OpenWrite(path("/f"), WriteCondition.NONE, 1L << 43)),
                RefusalCode.NO_SPACE,
                "/f",
                "bt1:/srv/brick1");
        assertThat(volume.rows.rows).isEmpty();
    }

    @Test
    void files_of_one_volume_begin_on_different_bricks() {
        assertThat(IntStream.range(0, 60)
                        .mapToObj(i -> volume.open("/f" + i).striping())
                        .map(striping -> Objects.requireNonNull(striping).bricksOf(0))
                        .distinct())
                .hasSize(3);
        assertThat(volume.open("/g").striping())
                .extracting(Striping::stripeUnitBytes)
                .isEqualTo(64 * 1024);
    }

    @Test
    void a_content_is_found_by_its_version_until_it_is_replaced_or_removed() {
        FileVersion version = volume.putLarge("/f", 200_000);
        assertThat(volume.ask(new Query.LookupVersion(version)))
                .usingRecursiveComparison()
                .isEqualTo(volume.lookup("/f"));
        volume.move("/f", "/g");
        assertThat(volume.ask(new Query.LookupVersion(version)))
                .usingRecursiveComparison()
                .isEqualTo(volume.lookup("/g"));

        FileVersion next = volume.putLarge("/g", 100);
        assertRefused(volume.ask(new Query.LookupVersion(version)), RefusalCode.NOT_FOUND);
        volume.remove("/g");
        assertRefused(volume.ask(new Query.LookupVersion(next)), RefusalCode.NOT_FOUND);
    }
}
