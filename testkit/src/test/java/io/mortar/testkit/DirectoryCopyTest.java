package io.mortar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCopyTest {
    @TempDir
    Path directory;

    @Test
    void all_but_locks_and_libraries_is_copied() throws IOException {
        Path from = directory.resolve("from");
        Files.createDirectories(from.resolve("store"));
        Files.writeString(from.resolve("store/CURRENT"), "x");
        Files.writeString(from.resolve("store/LOCK"), "");
        Files.writeString(from.resolve("leveldb.so"), "");

        Path copy = DirectoryCopy.of(from, directory.resolve("to"));

        assertThat(copy.resolve("store/CURRENT")).hasContent("x");
        assertThat(copy.resolve("store/LOCK")).doesNotExist();
        assertThat(copy.resolve("leveldb.so")).doesNotExist();
    }

    @Test
    void what_comes_and_goes_meanwhile_is_copied_in_one_of_its_states() throws Exception {
        Path from = Files.createDirectory(directory.resolve("from"));
        Files.writeString(from.resolve("1"), "x");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            for (int i = 1; i < 500 && !done.get(); i++) {
                replace(from.resolve("" + i), from.resolve("" + (i + 1)));
            }
        });
        try {
            for (int i = 0; i < 20; i++) {
                Path copy = DirectoryCopy.of(from, directory.resolve("to" + i));
                try (var files = Files.list(copy)) {
                    assertThat(files).hasSizeBetween(1, 2);
                }
            }
        } finally {
            done.set(true);
            changes.join();
        }
    }

    /** The new one is there before the old one is gone. */
    private static void replace(Path old, Path by) {
        try {
            Files.writeString(by, "x");
            Files.delete(old);
            for (int i = 0; i < 500; i++) {
                Files.exists(by);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_directory_that_is_not_there_is_an_error() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> DirectoryCopy.of(missing, directory.resolve("to")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
