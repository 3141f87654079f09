package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import io.mortar.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    private static final String ODD = "50% größe +&?#;\uD83D\uDE00";

    @TempDir
    Path local;

    private StubNode node;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_file_goes_out_and_comes_back_bit_for_bit() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Path source = Files.write(local.resolve("in.bin"), content);

        assertOk(run("put", source.toString(), "bt-vol:/a/b.bin"));
        assertOk(run("get", "bt-vol:/a/b.bin", local.resolve("out.bin").toString()));

        assertThat(node.volume().content("/a/b.bin")).isEqualTo(content);
        assertThat(local.resolve("out.bin")).hasBinaryContent(content);
        assertThat(namesIn(local)).containsExactlyInAnyOrder("in.bin", "out.bin");
    }

    @Test
    void odd_names_survive_the_way_there_and_back() throws IOException {
        Path source = Files.writeString(local.resolve(ODD), "odd");

        assertOk(run("put", source.toString(), "bt-vol:/dir " + ODD + "/"));

        assertThat(node.volume().content("/dir " + ODD + "/" + ODD)).asString().isEqualTo("odd");
        assertThat(run("ls", "bt-vol:/dir " + ODD).out()).isEqualTo(ODD + "\n");
        assertThat(run("cat", "bt-vol:/dir " + ODD + "/" + ODD).out()).isEqualTo("odd");
        assertOk(run("mv", "bt-vol:/dir " + ODD + "/" + ODD, "bt-vol:/" + ODD));
        assertThat(node.volume().content("/" + ODD)).asString().isEqualTo("odd");
    }

    @Test
    void trees_are_copied_whole() throws IOException {
        Path tree = local.resolve("tree");
        Files.createDirectories(tree.resolve("x/empty"));
        Files.writeString(tree.resolve("x/1"), "one");
        Files.writeString(tree.resolve("2"), "");

        assertThat(run("put", tree.toString(), "bt-vol:/").err()).contains("it is a directory. Say -r");
        assertOk(run("put", "-r", tree.toString(), "bt-vol:/"));
        assertThat(node.volume().content("/tree/x/1")).asString().isEqualTo("one");
        assertThat(node.volume().content("/tree/2")).isEmpty();
        assertThat(node.volume().isDirectory("/tree/x/empty")).isTrue();

        assertOk(run("cp", "-r", "bt-vol:/tree", "bt-vol:/copy"));
        Invocation fetched =
                run("get", "--json", "-r", "bt-vol:/copy", local.resolve("back").toString());
        assertThat(fetched.out()).isEqualTo("{\"files\":2,\"bytes\":3,\"failed\":0}\n");
        assertThat(local.resolve("back/x/1")).hasContent("one");
        assertThat(local.resolve("back/x/empty")).isDirectory();
    }

    @Test
    void standard_input_and_output_are_files_too() {
        Invocation stored = Invocation.with(
                "from a pipe", EnumSet.noneOf(Terminal.Stream.class), withNode("put", "-", "bt-vol:/pipe"));

        assertOk(stored);
        assertThat(node.volume().content("/pipe")).asString().isEqualTo("from a pipe");
        assertThat(run("get", "bt-vol:/pipe", "-").out()).isEqualTo("from a pipe");
        assertThat(run("put", "-", "bt-vol:/").exit()).isEqualTo(2);
    }

    @Test
    void a_file_that_changed_since_it_was_looked_at_is_not_mixed() throws IOException {
        node.volume().put("/a", "new content".getBytes(StandardCharsets.UTF_8));
        node.answer(
                "GET /api/v1/volumes/bt-vol/stat?path=%2Fa",
                200, "{\"type\": \"file\", \"size\": 3, \"etag\": \"\\\"old\\\"\", \"mtime\": \"\"}");
        Path target = Files.writeString(local.resolve("a"), "before");

        Invocation refused = run("get", "bt-vol:/a", target.toString());

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("the file is another one now");
        assertThat(target).hasContent("before");
        assertThat(namesIn(local)).containsExactly("a");
    }

    @Test
    void a_download_that_comes_short_leaves_the_old_file() throws IOException {
        node.answer(
                "GET /api/v1/volumes/bt-vol/stat?path=%2Fa",
                200, "{\"type\": \"file\", \"size\": 100, \"etag\": \"\\\"1\\\"\", \"mtime\": \"\"}");
        node.answer("GET /files/bt-vol/a", 200, "short");
        Path target = Files.writeString(local.resolve("a"), "before");

        assertThat(run("get", "bt-vol:/a", target.toString()).err()).contains("received 5 of 100 bytes");
        assertThat(target).hasContent("before");
        assertThat(namesIn(local)).containsExactly("a");
    }

    @Test
    void a_part_of_a_tree_that_cannot_be_copied_is_reported_and_the_rest_goes_on() throws IOException {
        node.volume().put("/d/1", new byte[] {1});
        node.volume().put("/d/2", new byte[] {2});
        node.refuse("GET /files/bt-vol/d/1", 503, "BRICK_DOWN", "brick bt3:/bt3 cannot be reached");

        Invocation partial = run("get", "-r", "bt-vol:/d", local.resolve("d").toString());

        assertThat(partial.exit()).isEqualTo(4);
        assertThat(partial.err()).contains("bt3:/bt3", "1 were not copied");
        assertThat(namesIn(local.resolve("d"))).containsExactly("2");
    }

    @Test
    void long_listings_come_page_by_page() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            String name = String.format("f%04d", i);
            node.volume().put("/many/" + name, new byte[0]);
            expected.add(name);
        }

        assertThat(run("ls", "bt-vol:/many").out().lines()).containsExactlyElementsOf(expected);
        assertThat(node.requests()).filteredOn(r -> r.startsWith("GET /files")).hasSize(3);
    }

    @Test
    void listings_show_what_is_asked_for() {
        node.volume().put("/d/file", new byte[2048]);
        node.volume().makeDirectory("/d/sub");

        assertThat(run("ls", "bt-vol:/d").out().lines()).containsExactly("file", "sub/");
        assertThat(run("ls", "-lh", "bt-vol:/d").out()).contains("2.0K").contains("2026-11-22");
        assertThat(run("ls", "-R", "bt-vol:").out().lines()).containsExactly("d/", "d/file", "d/sub/");
        assertThat(run("ls", "--json", "bt-vol:/d/file").out()).contains("\"path\":\"/d/file\"", "\"size\":2048");
        Invocation missing = run("ls", "bt-vol:/d/none");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("no such file or directory", "mortar ls bt-vol:/d");
    }

    @Test
    void removing_is_recursive_only_when_said() {
        node.volume().put("/d/1", new byte[1]);

        assertThat(run("rm", "--yes", "bt-vol:/d").err()).contains("/d is not empty");
        assertThat(run("rm", "--yes", "bt-vol:/none", "bt-vol:/d/1").exit()).isEqualTo(4);
        assertOk(run("rm", "-r", "--yes", "bt-vol:/d"));
        assertThat(node.volume().isThere("/d")).isFalse();
    }

    @Test
    void moving_goes_into_a_directory_that_is_there() {
        node.volume().put("/a", new byte[] {1});
        node.volume().makeDirectory("/d");

        assertOk(run("mv", "bt-vol:/a", "bt-vol:/d"));

        assertThat(node.volume().content("/d/a")).containsExactly(1);
        assertThat(node.requests()).contains("MOVE /files/bt-vol/a");
    }

    @Test
    void nothing_is_copied_onto_or_into_itself() {
        node.volume().put("/d/a", new byte[] {1});

        assertThat(run("cp", "bt-vol:/d/a", "bt-vol:/d/a").err()).contains("the same");
        assertThat(run("cp", "-r", "bt-vol:/d", "bt-vol:/d/deeper").err()).contains("into itself");
        assertThat(run("cp", "./x", "./y").exit()).isEqualTo(2);
    }

    @Test
    void a_directory_is_made_with_those_above_it_only_when_said() {
        assertOk(run("mkdir", "-p", "bt-vol:/x/y"));
        assertOk(run("mkdir", "bt-vol:/z"));

        assertThat(node.requests()).containsExactly("MKCOL /files/bt-vol/x/y?parents", "MKCOL /files/bt-vol/z");
    }

    @Test
    void stat_shows_the_bricks_of_the_stripes() {
        node.answer(
                "GET /api/v1/volumes/bt-vol/stat?path=%2Fa",
                200,
                "{\"volume\": \"bt-vol\", \"path\": \"/a\", \"type\": \"file\", \"size\": 3500000, \"mtime\": \"m\","
                        + " \"etag\": \"\\\"1-2\\\"\", \"crc32c\": \"9ab3e1f0\", \"inline\": false, \"layout\": {"
                        + "\"stripeUnitBytes\": 1048576, \"firstColumn\": 1, \"columns\": ["
                        + "{\"column\": 0, \"brick\": \"bt1:/bt1\", \"chunks\": 1, \"bytes\": 1048576},"
                        + "{\"column\": 1, \"brick\": \"bt2:/bt2\", \"chunks\": 2, \"bytes\": 2451424}]}}");

        assertThat(run("stat", "bt-vol:/a").out().lines())
                .contains(
                        "Stripes:  2 columns, chunks of 1MiB, the first one on column 1",
                        "COLUMN  BRICK     CHUNKS    BYTES",
                        "     1  bt2:/bt2       2  2451424");
    }

    private Invocation run(String... arguments) {
        return Invocation.of(withNode(arguments));
    }

    private String[] withNode(String... arguments) {
        return Stream.concat(Stream.of("--node", node.uri().toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private static void assertOk(Invocation invocation) {
        assertThat(invocation.exit()).as(invocation.err()).isZero();
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
