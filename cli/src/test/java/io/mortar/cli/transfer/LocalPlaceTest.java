package io.mortar.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.cli.remote.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlaceTest {
    @TempDir
    Path directory;

    @Test
    void a_file_that_grows_or_shrinks_while_it_is_read_is_noticed_before_its_last_byte() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "0123456789");
        Content grown = content(file);
        Files.writeString(file, "0123456789+");
        assertThatThrownBy(() -> readAll(grown)).hasMessageContaining("changed while it was read");

        Content shrunk = content(file);
        Files.writeString(file, "0");
        assertThatThrownBy(() -> readAll(shrunk)).hasMessageContaining("changed while it was read");
    }

    @Test
    void a_file_that_was_rewritten_with_the_same_size_is_noticed() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "before");
        Content content = content(file);
        Files.writeString(file, "after!");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThatThrownBy(() -> readAll(content)).hasMessageContaining("changed while it was read");
    }

    @Test
    void a_file_at_rest_is_read_whole() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "at rest");

        assertThat(readAll(content(file))).asString().isEqualTo("at rest");
    }

    @Test
    void a_link_stays_a_link_and_its_target_gets_the_content() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "before");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        new LocalPlace(link).write(content(Files.writeString(directory.resolve("new"), "after")));

        assertThat(link).isSymbolicLink().hasContent("after");
        assertThat(target).hasContent("after");
    }

    @Test
    void a_device_is_written_to_and_not_replaced() throws IOException {
        Content content = content(Files.writeString(directory.resolve("a"), "into the void"));

        new LocalPlace(Path.of("/dev/null")).write(content);

        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    private static Content content(Path file) {
        LocalPlace place = new LocalPlace(file);
        return place.read(place.find().orElseThrow());
    }

    private static byte[] readAll(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
