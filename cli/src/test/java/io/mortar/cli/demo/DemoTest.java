package io.mortar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.stub.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path directory;

    @Test
    void a_directory_with_something_else_in_it_is_refused_untouched() throws IOException {
        Files.writeString(directory.resolve("precious"), "data");

        assertThatThrownBy(() -> open(directory, 1))
                .hasMessageContaining("'precious'")
                .hasMessageContaining("--dir");
        assertThat(namesIn(directory)).containsExactly("precious");
    }

    @Test
    void a_file_is_no_directory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> open(file, 1)).hasMessageContaining("not a directory");
    }

    @Test
    void a_directory_of_an_earlier_demo_is_found_again_with_what_it_knew() {
        Path fresh = directory.resolve("not/there/yet");
        try (LocalDirectory first = open(fresh, 1)) {
            first.remember("sample.sha256", "abc");
        }
        try (LocalDirectory second = open(fresh, 1)) {
            assertThat(second.recall("sample.sha256")).contains("abc");
            assertThat(second.recall("other")).isEmpty();
        }
    }

    @Test
    void two_demos_do_not_share_a_directory() {
        try (LocalDirectory first = open(directory, 1)) {
            assertThatThrownBy(() -> open(first.path(), 1)).hasMessageContaining("another demo is running");
        }
        open(directory, 1).close();
    }

    @Test
    void a_directory_of_a_later_format_is_refused() throws IOException {
        Files.writeString(directory.resolve("mortar-demo.properties"), "format=99\n");

        assertThatThrownBy(() -> open(directory, 1)).hasMessageContaining("'99'");
    }

    @Test
    void too_little_space_is_said_before_anything_is_written() throws IOException {
        assertThatThrownBy(() -> open(directory.resolve("d"), 1L << 60)).hasMessageContaining("not enough space");
        assertThatThrownBy(() -> open(null, 1L << 60)).hasMessageContaining("not enough space");
    }

    @Test
    void a_temporary_directory_is_gone_afterwards() throws IOException {
        Path temporary;
        try (LocalDirectory demo = open(null, 1)) {
            temporary = demo.path();
            Files.createDirectories(demo.nodeDirectory("bt1").resolve("data"));
            Files.writeString(demo.nodeDirectory("bt1").resolve("data/x"), "x");
        }
        assertThat(temporary).doesNotExist();
    }

    @Test
    void a_port_that_is_taken_is_named_and_nothing_is_left() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            String port = Integer.toString(taken.getLocalPort());
            Path target = directory.resolve("d");
            Invocation refused = Invocation.of(
                    "demo", "--json", "--port", freePort(), "--http-port", port, "--dir", target.toString());

            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("127.0.0.2:" + port, "--http-port");
            assertThat(refused.out()).isEmpty();
            assertThat(target).doesNotExist();
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    @Test
    void the_sample_is_the_same_in_every_run_and_its_digest_is_right() throws Exception {
        String first = SampleFile.write(directory.resolve("1"), 2_500_000);
        String second = SampleFile.write(directory.resolve("2"), 2_500_000);

        byte[] bytes = Files.readAllBytes(directory.resolve("1"));
        assertThat(bytes).hasSize(2_500_000);
        assertThat(second)
                .isEqualTo(first)
                .isEqualTo(HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(bytes)));
        assertThat(SampleFile.digest(Files.newInputStream(directory.resolve("2"))))
                .isEqualTo(first);
    }

    private static LocalDirectory open(@Nullable Path path, long sampleSizeBytes) {
        return LocalDirectory.open("demo", path, 2 * sampleSizeBytes);
    }

    private static Stream<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList().stream();
        }
    }
}
