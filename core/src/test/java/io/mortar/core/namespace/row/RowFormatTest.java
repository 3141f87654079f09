package io.mortar.core.namespace.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.job.Surplus;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rows that version 1 of each kind wrote, from {@code rows-v1.txt}: every later release must read them as the same. */
class RowFormatTest {
    private static final VolumeId VOLUME = new VolumeId(7);
    private static final BrickId BRICK_A = BrickId.parse("00112233-4455-6677-8899-aabbccddeeff");
    private static final BrickId BRICK_B = new BrickId(new UUID(1, 2));
    private static final Placement PLACEMENT = new Placement(3, -2, 1 << 20);
    private static final Layout LAYOUT = new Layout(3, 1, List.of(BRICK_A, BRICK_B), 1);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final FileInode INLINE = new FileInode(1, 42, 5, 1_700_000_000_000L, 0x9a71bb4c, null, HELLO);
    private static final FileInode STRIPED =
            new FileInode(41, 43, 5_000_000, 1_700_000_000_001L, -1, PLACEMENT, new byte[0]);

    /** A row as bytes, and its value as text after decoding. */
    private record Sample(byte[] key, byte[] value, String text, Function<byte[], String> decode) {}

    private static Map<String, Sample> samples() {
        Map<String, Sample> samples = new LinkedHashMap<>();
        DentryRow file = DentryRow.ofFile(42, INLINE);
        DentryRow directory = DentryRow.ofDirectory(41, 1_700_000_000_002L);
        DirectoryInode inode = new DirectoryInode(1, 1_700_000_000_002L, "");
        put(samples, "dentry-file", RowKeys.dentry(VOLUME, 1, "größe"), file.encode(), file, DentryRow::decode);
        put(
                samples,
                "dentry-directory",
                RowKeys.dentry(VOLUME, 1, "photos"),
                directory.encode(),
                directory,
                DentryRow::decode);
        put(
                samples,
                "inode-inline",
                RowKeys.inode(VOLUME, 42),
                INLINE.encode(),
                text(INLINE),
                v -> text(InodeRow.decode(v)));
        put(
                samples,
                "inode-striped",
                RowKeys.inode(VOLUME, 43),
                STRIPED.encode(),
                text(STRIPED),
                v -> text(InodeRow.decode(v)));
        put(samples, "inode-directory", RowKeys.inode(VOLUME, 41), inode.encode(), inode, InodeRow::decode);
        addRest(samples);
        addCopies(samples);
        addJobs(samples);
        addQuotas(samples);
        return samples;
    }

    private static void addQuotas(Map<String, Sample> samples) {
        QuotaRow quota = new QuotaRow(48, 10_000_000, -1, 5_000_005, 2);
        CountersRow counters = new CountersRow(2, 1, 5_000_005, 49, 4, 1, 1_600_000_000_000L, 0, 1);
        DetachedRow charged =
                new DetachedRow("größe", List.of(new DetachedRow.Charged(1, 47), new DetachedRow.Charged(41, 48)));
        DirectoryInode named = new DirectoryInode(1, 1_700_000_000_002L, "größe");
        put(samples, "inode-directory-named", RowKeys.inode(VOLUME, 41), named.encode(), named, InodeRow::decode);
        put(samples, "quota", RowKeys.quota(VOLUME, 41), quota.encode(), quota, QuotaRow::decode);
        put(samples, "counters-quota", RowKeys.counters(VOLUME), counters.encode(), counters, CountersRow::decode);
        put(samples, "detached-charged", RowKeys.detached(VOLUME, 42), charged.encode(), charged, DetachedRow::decode);
    }

    /** Rows that only volumes with several copies have. */
    private static void addCopies(Map<String, Sample> samples) {
        Layout mirrored = new Layout(4, 1, List.of(BRICK_A, BRICK_B), 2);
        CountersRow reduced = new CountersRow(2, 1, 5_000_005, 45, 5, 1, 1_600_000_000_000L, 1, 0);
        MissingRow missing = new MissingRow(43, List.of(1, 70_000));
        put(
                samples,
                "layout-replica",
                RowKeys.layout(VOLUME, 4),
                LayoutRow.encode(mirrored),
                mirrored,
                v -> LayoutRow.decode(4, v));
        put(
                samples,
                "layout-replica-index",
                RowKeys.layoutIndex(VOLUME, mirrored.bricks(), 2),
                LayoutRow.encodeIndex(4),
                4L,
                LayoutRow::decodeIndex);
        put(samples, "counters-reduced", RowKeys.counters(VOLUME), reduced.encode(), reduced, CountersRow::decode);
        put(samples, "missing", RowKeys.missing(VOLUME, BRICK_A, 43), missing.encode(), missing, MissingRow::decode);
    }

    private static void addJobs(Map<String, Sample> samples) {
        JobRow job = new JobRow(
                JobKind.REBALANCE,
                JobState.RUNNING,
                null,
                0,
                1 << 20,
                1_700_000_000_000L,
                0,
                new JobPosition(JobPosition.WALK, 43, 2),
                new JobCounts(1, 5_000_000, 2, 10_000_000, 1),
                new JobFindings(1, 2, 3, 4),
                List.of(new Surplus(BRICK_A, 1 << 30), new Surplus(BRICK_B, -(1 << 30))),
                "größe");
        JobRow drain =
                JobRow.begin(JobKind.DRAIN, BRICK_A, 0, 1_700_000_000_000L).in(JobState.DONE, 1_700_000_000_001L, "");
        JobFailureRow failure = new JobFailureRow(1_700_000_000_000L, "größe");
        RelocationRow relocation = new RelocationRow(43, 3, 4, 46, 5);
        DeletionRow kept = new DeletionRow(43, 43, 3, 4, -7);
        put(samples, "job", RowKeys.job(VOLUME, 3), job.encode(), job, JobRow::decode);
        put(samples, "job-ended", RowKeys.job(VOLUME, 4), drain.encode(), drain, JobRow::decode);
        put(
                samples,
                "job-failure",
                RowKeys.jobFailure(VOLUME, 3, 43),
                failure.encode(),
                failure,
                JobFailureRow::decode);
        put(
                samples,
                "relocation",
                RowKeys.relocation(VOLUME, 43),
                relocation.encode(),
                relocation,
                RelocationRow::decode);
        put(
                samples,
                "deletion-kept",
                RowKeys.deletion(VOLUME, 1_700_000_060_000L, 47),
                kept.encode(),
                kept,
                DeletionRow::decode);
        DeletionRow confirmed = kept.confirmedBy(List.of(BRICK_A, BRICK_B), 4);
        put(
                samples,
                "deletion-confirmed",
                RowKeys.deletion(VOLUME, 1_700_000_060_000L, 48),
                confirmed.encode(),
                confirmed,
                DeletionRow::decode);
    }

    private static void addRest(Map<String, Sample> samples) {
        LeaseRow lease = new LeaseRow(PLACEMENT, VolumePath.parse("/photos/größe.jpg"));
        DeletionRow deletion = new DeletionRow(43, 43, 3);
        CountersRow counters = new CountersRow(2, 1, 5_000_005, 45, 4, 1, 1_600_000_000_000L, 0, 0);
        put(
                samples,
                "layout",
                RowKeys.layout(VOLUME, 3),
                LayoutRow.encode(LAYOUT),
                LAYOUT,
                v -> LayoutRow.decode(3, v));
        put(
                samples,
                "layout-index",
                RowKeys.layoutIndex(VOLUME, LAYOUT.bricks(), 1),
                LayoutRow.encodeIndex(3),
                3L,
                LayoutRow::decodeIndex);
        put(
                samples,
                "brick-layout",
                RowKeys.brickLayout(VOLUME, BRICK_A, 3),
                LayoutRow.encodeBrickLayout(),
                2,
                v -> v.length);
        put(samples, "lease", RowKeys.lease(new FileVersion(VOLUME, 44, 44)), lease.encode(), lease, LeaseRow::decode);
        put(
                samples,
                "deletion",
                RowKeys.deletion(VOLUME, 1_700_000_060_000L, 45),
                deletion.encode(),
                deletion,
                DeletionRow::decode);
        put(
                samples,
                "detached",
                RowKeys.detached(VOLUME, 41),
                new DetachedRow("größe", List.of()).encode(),
                new DetachedRow("größe", List.of()),
                DetachedRow::decode);
        put(samples, "counters", RowKeys.counters(VOLUME), counters.encode(), counters, CountersRow::decode);
        put(
                samples,
                "answer",
                RowKeys.answer(VOLUME, -2, 9),
                new AnswerRow(1_700_000_000_003L, HELLO).encode(),
                text(new AnswerRow(1_700_000_000_003L, HELLO)),
                v -> text(AnswerRow.decode(v)));
        put(
                samples,
                "settled",
                RowKeys.settled(VOLUME, -2),
                new SettledRow(1_700_000_000_003L, 9).encode(),
                new SettledRow(1_700_000_000_003L, 9),
                SettledRow::decode);
    }

    @Test
    void rows_are_written_as_version_1_wrote_them() throws IOException {
        String written = samples().entrySet().stream()
                .map(sample -> sample.getKey() + " " + hex(sample.getValue().key()) + " "
                        + hex(sample.getValue().value()))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(written).isEqualTo(golden());
    }

    @Test
    void rows_of_version_1_are_read() throws IOException {
        Map<String, Sample> samples = samples();
        for (String line : golden().split("\n", -1)) {
            if (!line.isEmpty()) {
                String[] fields = line.split(" ", -1);
                Sample sample = Objects.requireNonNull(samples.remove(fields[0]), fields[0]);
                assertThat(sample.decode().apply(HexFormat.of().parseHex(fields[2])))
                        .as(fields[0])
                        .isEqualTo(sample.text());
            }
        }
        assertThat(samples).isEmpty();
    }

    @Test
    void every_table_has_a_sample() {
        assertThat(samples().values().stream().map(sample -> sample.value()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Table.values()).map(Table::letter).toList());
    }

    @Test
    void unknown_versions_foreign_tables_and_damaged_rows_are_refused_by_name() {
        samples().forEach((name, sample) -> {
            if (name.equals("brick-layout")) {
                return;
            }
            byte[] newer = sample.value().clone();
            newer[1] = 99;
            assertRefused(name, sample, newer, "version 99");
            byte[] foreign = sample.value().clone();
            foreign[0] = '!';
            assertRefused(name, sample, foreign, "damaged");
            assertRefused(name, sample, Arrays.copyOf(sample.value(), 1), "ends after 1 bytes");
            assertRefused(name, sample, new byte[0], "damaged");
        });
        byte[] longer = Arrays.copyOf(new DeletionRow(1, 1, 1).encode(), 40);
        assertThatThrownBy(() -> DeletionRow.decode(longer))
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining("14 bytes too many");
    }

    @Test
    void what_names_a_row_is_read_back_from_its_key() {
        FileVersion version = new FileVersion(VOLUME, 44, 45);
        assertThat(RowKeys.nameOf(RowKeys.dentry(VOLUME, 1, "größe"))).isEqualTo("größe");
        assertThat(RowKeys.leaseOf(RowKeys.lease(version))).isEqualTo(version);
        assertThat(RowKeys.dueMillisOf(RowKeys.deletion(VOLUME, 5, 6))).isEqualTo(5);
        assertThat(RowKeys.deletionNumberOf(RowKeys.deletion(VOLUME, 5, 6))).isEqualTo(6);
        assertThat(RowKeys.detachedOf(RowKeys.detached(VOLUME, 8))).isEqualTo(8);
        assertThat(RowKeys.missingBrickOf(RowKeys.missing(VOLUME, BRICK_A, 9))).isEqualTo(BRICK_A);
        assertThat(RowKeys.missingInodeOf(RowKeys.missing(VOLUME, BRICK_A, 9))).isEqualTo(9);
        assertThat(RowKeys.layoutOf(RowKeys.brickLayout(VOLUME, BRICK_A, 9))).isEqualTo(9);
        assertThat(RowKeys.jobOf(RowKeys.job(VOLUME, 3))).isEqualTo(3);
        assertThat(RowKeys.failedInodeOf(RowKeys.jobFailure(VOLUME, 3, 43))).isEqualTo(43);
        assertThat(RowKeys.inodeOf(RowKeys.relocation(VOLUME, 43))).isEqualTo(43);
        assertThat(RowKeys.sequenceOf(RowKeys.answer(VOLUME, -2, 10))).isEqualTo(10);
        assertThat(RowKeys.isSettled(RowKeys.settled(VOLUME, -2))).isTrue();
        assertThat(RowKeys.isSettled(RowKeys.answer(VOLUME, -2, 10))).isFalse();
    }

    private static void assertRefused(String name, Sample sample, byte[] value, String part) {
        assertThatThrownBy(() -> sample.decode().apply(value))
                .as(name)
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining(part);
    }

    private static <T> void put(
            Map<String, Sample> samples,
            String name,
            byte[] key,
            byte[] value,
            T row,
            Function<byte[], ? extends T> decode) {
        samples.put(
                name,
                new Sample(
                        key, value, row.toString(), bytes -> decode.apply(bytes).toString()));
    }

    /** Arrays in records print their identity, so these say what is in them. */
    private static String text(InodeRow row) {
        return row instanceof FileInode file
                ? file.toString().replaceAll("inline=.*", hex(file.inline()))
                : row.toString();
    }

    private static String text(AnswerRow row) {
        return row.writtenMillis() + " " + hex(row.answer());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(RowFormatTest.class.getResourceAsStream("rows-v1.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
