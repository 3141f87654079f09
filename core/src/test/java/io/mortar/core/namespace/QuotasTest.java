package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static io.mortar.core.namespace.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private final TestVolume volume = new TestVolume();

    private Outcome set(String path, long bytesMax, long entriesMax) {
        return volume.run(new Command.SetQuota(path(path), bytesMax, entriesMax));
    }

    private Outcome removeQuota(String path) {
        return volume.run(new Command.RemoveQuota(path(path)));
    }

    private List<DirectoryQuota> quotas() {
        List<DirectoryQuota> quotas = new ArrayList<>();
        long after = 0;
        do {
            Outcome.QuotasListed page = (Outcome.QuotasListed) volume.ask(new Query.ListQuotas(after));
            quotas.addAll(page.quotas());
            after = page.next();
        } while (after != 0);
        quotas.sort(Comparator.comparing(DirectoryQuota::path));
        return quotas;
    }

    private static DirectoryQuota quota(String path, long bytesMax, long entriesMax, long usedBytes, long usedEntries) {
        return new DirectoryQuota(path, bytesMax, entriesMax, usedBytes, usedEntries);
    }

    @Test
    void a_quota_counts_what_is_in_the_directory_already_and_what_comes_and_goes() {
        volume.put("/d/a", "12345");
        volume.put("/other", "1234567");
        assertThat(set("/d", 100, -1)).isEqualTo(new Outcome.QuotaSet(quota("/d", 100, -1, 5, 1)));
        volume.put("/d/e/f/b", "123");
        volume.put("/d/a", "1");
        assertThat(quotas()).containsExactly(quota("/d", 100, -1, 4, 4));
        volume.remove("/d/e/f/b");
        volume.remove("/d/e/f");
        assertThat(quotas()).containsExactly(quota("/d", 100, -1, 1, 2));
        assertThat(removeQuota("/d")).isEqualTo(new Outcome.Removed());
        assertThat(quotas()).isEmpty();
    }

    @Test
    void a_write_beyond_a_quota_is_refused_when_it_begins_if_its_size_is_known_and_else_when_it_is_committed() {
        volume.makeDirectory("/d");
        set("/d", 10_000, -1);
        assertRefused(
                volume.run(new Command.OpenWrite(path("/d/x/f"), WriteCondition.NONE, 10_001)),
                RefusalCode.QUOTA_EXCEEDED,
                "/d/x/f",
                "quota of '/d' allows 10000 bytes, 0 are used and at least 10001 more");
        FileVersion first = volume.open("/d/f").version();
        FileVersion second = volume.open("/d/g").version();
        assertThat(volume.commit(first, 6_000)).isInstanceOf(Outcome.Written.class);
        assertRefused(volume.commit(second, 4_001), RefusalCode.QUOTA_EXCEEDED);
        assertThat(Leases.isOpen(volume.rows, second)).isTrue();
        assertThat(volume.commit(second, 4_000)).isInstanceOf(Outcome.Written.class);
        assertRefused(
                volume.run(new Command.OpenWrite(path("/d/h"), WriteCondition.NONE, -1)), RefusalCode.QUOTA_EXCEEDED);
        assertRefused(volume.put("/d/h", "x"), RefusalCode.QUOTA_EXCEEDED);
    }

    @Test
    void a_file_may_be_replaced_by_one_that_is_not_larger_also_above_the_limit() {
        volume.put("/d/a", "1234567890");
        set("/d", 5, 1);
        assertRefused(volume.put("/d/a", "12345678901"), RefusalCode.QUOTA_EXCEEDED);
        assertThat(volume.put("/d/a", "123456789")).isInstanceOf(Outcome.Written.class);
        assertThat(volume.put("/d/a", "123456789")).isInstanceOf(Outcome.Written.class);
        assertRefused(volume.put("/d/b", ""), RefusalCode.QUOTA_EXCEEDED, "allows 1 files and directories");
        assertRefused(volume.makeDirectory("/d/e"), RefusalCode.QUOTA_EXCEEDED, "make directory '/d/e'");
    }

    @Test
    void every_quota_above_is_looked_at_and_missing_directories_are_entries() {
        volume.makeDirectories("/a/b");
        set("/a", -1, 3);
        set("/a/b", 4, -1);
        assertRefused(volume.put("/a/b/c/d/f", "x"), RefusalCode.QUOTA_EXCEEDED, "'/a'");
        assertRefused(volume.put("/a/b/f", "12345"), RefusalCode.QUOTA_EXCEEDED, "'/a/b'");
        assertThat(volume.put("/a/b/c/f", "1234")).isInstanceOf(Outcome.Written.class);
        assertThat(quotas()).containsExactly(quota("/a", -1, 3, 4, 3), quota("/a/b", 4, -1, 4, 2));
    }

    @Test
    void the_quota_of_the_root_is_one_of_the_volume() {
        volume.put("/d/a", "12345");
        assertThat(set("/", 8, -1)).isEqualTo(new Outcome.QuotaSet(quota("/", 8, -1, 5, 2)));
        assertRefused(volume.put("/e/b", "1234"), RefusalCode.QUOTA_EXCEEDED, "'/'");
        volume.removeAll("/d");
        assertRefused(volume.put("/e/b", "1234"), RefusalCode.QUOTA_EXCEEDED);
        volume.purge(10);
        assertThat(volume.put("/e/b", "1234")).isInstanceOf(Outcome.Written.class);
        assertThat(quotas()).containsExactly(quota("/", 8, -1, 4, 2));
    }

    @Test
    void what_was_removed_recursively_counts_until_it_is_taken_apart() {
        volume.put("/d/e/a", "12345");
        volume.put("/d/e/g/b", "123");
        set("/d", 8, -1);
        volume.removeAll("/d/e");
        assertThat(quotas()).containsExactly(quota("/d", 8, -1, 8, 4));
        volume.purge(1);
        assertThat(quotas()).containsExactly(quota("/d", 8, -1, 0, 0));
    }

    @Test
    void a_later_quota_of_the_same_directory_is_not_credited_with_what_it_never_counted() {
        volume.put("/d/e/a", "12345");
        set("/d", 100, -1);
        volume.removeAll("/d/e");
        removeQuota("/d");
        volume.put("/d/b", "1");
        set("/d", 100, -1);
        volume.purge(10);
        assertThat(quotas()).containsExactly(quota("/d", 100, -1, 1, 1));
    }

    @Test
    void a_move_takes_its_charge_along_and_is_refused_where_it_does_not_fit() {
        volume.put("/a/x/f", "12345");
        volume.makeDirectory("/b");
        volume.put("/b/f", "12");
        set("/a", 100, -1);
        set("/b", 6, -1);
        assertRefused(volume.move("/a/x", "/b/x"), RefusalCode.QUOTA_EXCEEDED, "'/b'");
        assertThat(volume.moveOver("/a/x/f", "/b/f")).isEqualTo(new Outcome.Moved(true));
        assertThat(volume.move("/a/x", "/b/x")).isEqualTo(new Outcome.Moved(false));
        assertThat(quotas()).containsExactly(quota("/a", 100, -1, 0, 0), quota("/b", 6, -1, 5, 2));
    }

    @Test
    void a_quota_goes_with_its_directory_and_ends_with_it() {
        volume.put("/a/x/f", "12345");
        set("/a/x", 6, -1);
        volume.makeDirectory("/b");
        volume.move("/a/x", "/b/y");
        assertThat(quotas()).containsExactly(quota("/b/y", 6, -1, 5, 1));
        volume.removeAll("/b");
        assertThat(quotas()).isEmpty();
        volume.purge(10);
        volume.put("/b/y/f", "1234567");
        assertThat(quotas()).isEmpty();
    }

    @Test
    void a_directory_that_moves_while_what_was_removed_from_it_is_purged_is_charged_once() {
        volume.put("/a/x/old/f", "12345");
        volume.put("/a/x/g", "12");
        volume.makeDirectory("/b");
        set("/a", 100, -1);
        set("/a/x", 100, -1);
        set("/b", 100, -1);
        volume.removeAll("/a/x/old");
        volume.move("/a/x", "/b/x");
        volume.purge(1);
        assertThat(quotas())
                .containsExactly(quota("/a", 100, -1, 0, 0), quota("/b", 100, -1, 2, 2), quota("/b/x", 100, -1, 2, 1));
    }

    @Test
    void a_directory_with_too_many_entries_gets_none_but_the_root_does() {
        volume.makeDirectory("/d");
        for (int i = 0; i <= Quotas.COUNTED_MAX; i++) {
            volume.put("/d/" + i, "");
        }
        assertRefused(set("/d", 100, -1), RefusalCode.DIRECTORY_TOO_LARGE, "/d");
        assertThat(set("/", 100, -1)).isInstanceOf(Outcome.QuotaSet.class);
        volume.makeDirectory("/q");
        set("/q", 100, -1);
        assertRefused(volume.move("/d", "/q/d"), RefusalCode.DIRECTORY_TOO_LARGE, "move '/d'");
        volume.remove("/d/7");
        assertThat(volume.move("/d", "/q/d")).isEqualTo(new Outcome.Moved(false));
        assertThat(quotas()).contains(quota("/q", 100, -1, 0, Quotas.COUNTED_MAX + 1));
    }

    @Test
    void limits_can_be_changed_and_what_makes_no_sense_is_refused() {
        volume.put("/f", "x");
        volume.makeDirectory("/d");
        assertRefused(set("/d", -1, -1), RefusalCode.BAD_REQUEST, "bytes");
        assertRefused(set("/d", -2, 5), RefusalCode.BAD_REQUEST);
        assertRefused(set("/f", 5, -1), RefusalCode.NOT_A_DIRECTORY, "/f");
        assertRefused(set("/none", 5, -1), RefusalCode.NOT_FOUND, "/none");
        assertRefused(removeQuota("/d"), RefusalCode.NOT_FOUND, "none");
        set("/d", 5, -1);
        volume.put("/d/a", "12345");
        assertThat(set("/d", 3, 9)).isEqualTo(new Outcome.QuotaSet(quota("/d", 3, 9, 5, 1)));
    }

    @Test
    void a_volume_has_a_bounded_number_of_quotas() {
        for (int i = 0; i < Quotas.COUNT_MAX; i++) {
            volume.makeDirectory("/" + i);
            assertThat(set("/" + i, 5, -1)).isInstanceOf(Outcome.QuotaSet.class);
        }
        volume.makeDirectory("/one-more");
        assertRefused(set("/one-more", 5, -1), RefusalCode.BAD_REQUEST, "1000");
        volume.remove("/7");
        assertThat(set("/one-more", 5, -1)).isInstanceOf(Outcome.QuotaSet.class);
    }

    @Test
    void all_quotas_are_listed_page_by_page_also_those_that_moves_gave_a_path_that_is_too_long() {
        String name = "n".repeat(240);
        String deep = ("/" + name).repeat(9);
        volume.makeDirectories("/a" + deep);
        set("/a" + deep, 5, -1);
        volume.makeDirectories("/b" + deep);
        assertThat(volume.move("/a", "/b" + deep + "/a")).isEqualTo(new Outcome.Moved(false));
        for (int i = 0; i < 200; i++) {
            volume.makeDirectory("/" + i);
            set("/" + i, 5, -1);
        }
        assertThat(quotas())
                .extracting(DirectoryQuota::path)
                .hasSize(201)
                .contains("/b" + deep + "/a" + deep)
                .containsAll(IntStream.range(0, 200).mapToObj(i -> "/" + i).toList());
    }

    @Test
    void a_tree_below_many_quotas_is_taken_apart_in_small_steps() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            deep.append("/d");
            volume.makeDirectory(deep.toString());
            set(deep.toString(), 1_000_000, -1);
        }
        for (int i = 0; i < 300; i++) {
            volume.makeDirectories(deep + "/t/" + i);
        }
        volume.removeAll(deep + "/t");
        Decision step;
        do {
            step = Deletions.purgeDetached(volume.context(), volume.rows, 256);
            volume.apply(step);
            assertThat(step.changes().stream().mapToInt(QuotasTest::sizeBytes).sum())
                    .isLessThan(128 * 1024);
        } while (!step.changes().isEmpty());
        assertThat(quotas())
                .allMatch(quota -> quota.usedEntries() == 200 - quota.path().length() / 2);
    }

    private static int sizeBytes(RowChange change) {
        byte[] value = change.value();
        return change.key().length + (value == null ? 0 : value.length);
    }
}
