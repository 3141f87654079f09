package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoriesTest {
    private final TestVolume volume = new TestVolume();

    @Test
    void a_directory_needs_its_parent_unless_parents_are_asked_for() {
        assertRefused(volume.makeDirectory("/a/b"), RefusalCode.NOT_FOUND, "'/a'");
        assertThat(volume.makeDirectories("/a/b/c")).isEqualTo(new Outcome.DirectoryMade(true));
        assertThat(volume.makeDirectory("/a/b/d")).isEqualTo(new Outcome.DirectoryMade(true));
        assertThat(volume.usage()).isEqualTo(new Usage(0, 4, 0, 0));
    }

    @Test
    void an_existing_name_is_refused_except_for_a_directory_with_parents() {
        volume.makeDirectory("/d");
        volume.put("/f", "x");
        assertRefused(volume.makeDirectory("/d"), RefusalCode.ALREADY_EXISTS, "directory");
        assertThat(volume.makeDirectories("/d")).isEqualTo(new Outcome.DirectoryMade(false));
        assertThat(volume.makeDirectories("/")).isEqualTo(new Outcome.DirectoryMade(false));
        assertRefused(volume.makeDirectory("/"), RefusalCode.ALREADY_EXISTS);
        assertRefused(volume.makeDirectories("/f"), RefusalCode.ALREADY_EXISTS, "file");
        assertRefused(volume.makeDirectories("/f/g/h"), RefusalCode.NOT_A_DIRECTORY, "'/f'");
    }

    @Test
    void a_file_is_removed_and_its_chunks_are_due_after_the_delay() {
        FileVersion version = volume.putLarge("/f", 10_000);
        assertThat(volume.remove("/f")).isEqualTo(new Outcome.Removed());
        assertRefused(volume.lookup("/f"), RefusalCode.NOT_FOUND);
        assertRefused(volume.remove("/f"), RefusalCode.NOT_FOUND, "/f");
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.dueVersions()).containsExactly(version);
        assertThat(volume.usage()).isEqualTo(new Usage(0, 0, 0, 0));
    }

    @Test
    void a_directory_that_is_not_empty_is_removed_only_recursively() {
        volume.put("/d/e/f", "x");
        assertRefused(volume.remove("/d"), RefusalCode.DIRECTORY_NOT_EMPTY, "/d");
        assertThat(volume.removeAll("/d")).isEqualTo(new Outcome.Removed());
        assertRefused(volume.lookup("/d/e/f"), RefusalCode.NOT_FOUND);
        assertThat(volume.names("/")).isEmpty();
        volume.makeDirectory("/empty");
        assertThat(volume.remove("/empty")).isEqualTo(new Outcome.Removed());
    }

    @Test
    void the_root_cannot_be_removed() {
        assertRefused(volume.removeAll("/"), RefusalCode.BAD_REQUEST, "root");
    }

    @Test
    void removing_a_tree_takes_as_few_changes_as_removing_a_file() {
        for (int i = 0; i < 500; i++) {
            volume.put("/d/e" + i % 10 + "/f" + i, "x");
        }
        Decision decision = NamespaceRules.decide(
                volume.context(), volume.rows, new Command.Remove(TestVolume.path("/d"), true, WriteCondition.NONE));
        assertThat(decision.changes()).hasSize(2);
    }

    @Test
    void a_removed_tree_is_taken_apart_in_bounded_steps_and_counts_until_then() {
        for (int i = 0; i < 50; i++) {
            volume.put("/d/e" + i % 5 + "/f" + i, "x");
        }
        FileVersion large = volume.putLarge("/d/e0/large", 10_000);
        volume.makeDirectory("/kept");
        volume.removeAll("/d");
        assertThat(volume.usage()).isEqualTo(new Usage(51, 7, 10_050, 0));

        for (Decision step = purge(8); !step.changes().isEmpty(); step = purge(8)) {
            assertThat(step.changes().size()).isLessThanOrEqualTo(8 * 4 + 2);
            volume.apply(step);
        }

        assertThat(volume.usage()).isEqualTo(new Usage(0, 1, 0, 0));
        volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
        assertThat(volume.dueVersions()).containsExactly(large);
    }

    @Test
    void a_path_can_be_used_again_while_what_was_there_is_being_purged() {
        volume.put("/d/f", "old");
        volume.removeAll("/d");
        volume.put("/d/f", "new");
        volume.purge(1);
        assertThat(volume.content("/d/f")).isEqualTo("new");
        assertThat(volume.usage()).isEqualTo(new Usage(1, 1, 3, 0));
    }

    @Test
    void a_page_of_a_listing_follows_the_last_name_of_the_page_before() {
        List<String> names = List.of("B", "a", "a b", "a.b", "aa", "z", "é", "日本", "😀");
        names.forEach(name -> volume.put("/d/" + name, "x"));
        volume.put("/da", "not in d");

        assertThat(volume.names("/d")).containsExactly("B", "a", "a b", "a.b", "aa", "z", "é", "日本", "😀");
        Outcome.Listing first = list("/d", "", 4);
        assertThat(first.entries()).extracting(Outcome.Entry::name).containsExactly("B", "a", "a b", "a.b");
        assertThat(first.complete()).isFalse();
        Outcome.Listing second = list("/d", "a.b", 4);
        assertThat(second.entries()).extracting(Outcome.Entry::name).containsExactly("aa", "z", "é", "日本");
        assertThat(second.complete()).isFalse();
        Outcome.Listing third = list("/d", "日本", 1);
        assertThat(third.entries()).extracting(Outcome.Entry::name).containsExactly("😀");
        assertThat(third.complete()).isTrue();
        assertThat(list("/d", "ab", 10).entries())
                .extracting(Outcome.Entry::name)
                .containsExactly("z", "é", "日本", "😀");
        assertThat(list("/d", "😀", 10)).isEqualTo(new Outcome.Listing(TestVolume.ID, List.of(), true));
    }

    @Test
    void names_are_ordered_by_their_bytes_and_not_by_their_utf16_units() {
        String beyond = "\ud83d\ude00";
        String below = "\uffee";
        volume.put("/" + beyond, "x");
        volume.put("/" + below, "x");
        assertThat(volume.names("/")).containsExactly(below, beyond);
    }

    @Test
    void an_entry_shows_what_a_lookup_shows() {
        volume.putLarge("/large", 10_000);
        volume.put("/small", "abc");
        volume.makeDirectory("/sub");
        Outcome.Listing listing = list("/", "", 10);
        for (Outcome.Entry entry : listing.entries()) {
            if (entry.directory()) {
                assertThat(volume.lookup("/" + entry.name()))
                        .isEqualTo(new Outcome.DirectoryFound(entry.inode(), entry.modifiedMillis()));
            } else {
                FileView file = volume.file("/" + entry.name());
                assertThat(file.sizeBytes()).isEqualTo(entry.sizeBytes());
                assertThat(file.modifiedMillis()).isEqualTo(entry.modifiedMillis());
                assertThat(file.etag()).isEqualTo(listing.etag(entry));
            }
        }
    }

    @Test
    void only_directories_are_listed_and_in_pages_of_a_bounded_size() {
        volume.put("/f", "x");
        assertRefused(volume.ask(query("/f", 10)), RefusalCode.NOT_A_DIRECTORY, "/f");
        assertRefused(volume.ask(query("/none", 10)), RefusalCode.NOT_FOUND, "/none");
        assertRefused(volume.ask(query("/", 0)), RefusalCode.BAD_REQUEST);
        assertRefused(volume.ask(query("/", Query.ListDirectory.LIMIT_MAX + 1)), RefusalCode.BAD_REQUEST);
    }

    @Test
    void a_volume_without_rows_has_an_empty_root() {
        assertThat(volume.names("/")).isEmpty();
        assertThat(volume.lookup("/")).isEqualTo(new Outcome.DirectoryFound(1, 0));
        assertThat(volume.usage()).isEqualTo(new Usage(0, 0, 0, 0));
        volume.put("/f", "x");
        assertThat(volume.lookup("/")).isEqualTo(new Outcome.DirectoryFound(1, volume.nowMillis));
    }

    private Decision purge(int limit) {
        return Deletions.purgeDetached(volume.context(), volume.rows, limit);
    }

    private Outcome.Listing list(String path, String after, int limit) {
        return (Outcome.Listing) volume.ask(new Query.ListDirectory(TestVolume.path(path), after, limit));
    }

    private static Query query(String path, int limit) {
        return new Query.ListDirectory(TestVolume.path(path), "", limit);
    }
}
