package io.mortar.multijvm.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mortar.multijvm.content.Sample;
import io.mortar.multijvm.http.Curl;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.PoolExtension;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole directory tree, put and fetched with the curl that users have. */
class TreeIT {
    private static final int FILES = 1_000;
    private static final int MIB = 1024 * 1024;
    private static final String VOLUME = "bt-vol";
    private static final List<String> DIRECTORIES = List.of(
            "plain",
            "with space/and more",
            "Müller & Söhne/Größe=1/50%",
            "写真/旅行",
            "emoji 🧱/+plus+",
            "deep/a/b/c/d/e/f/g/h");
    private static final List<String> NAMES = List.of(
            "file%d.txt", "a b %d", "naïve-%d.ogg", "漢字%d", "#%d?.html", "100%%-%d", "~%d;v=1", "..%d", "'\"%d");

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.ofNodes(3);

    @Test
    void a_tree_of_a_thousand_files_comes_back_as_it_was_put() throws Exception {
        POOL.volumes().createStarted(VOLUME, 3, MIB, POOL.bricks(1));
        List<Sample> samples = samples();
        Path local = Files.createDirectories(POOL.directory().resolve("local"));
        Map<URI, Path> uploads = new LinkedHashMap<>();
        Map<URI, Path> downloads = new LinkedHashMap<>();
        for (Sample sample : samples) {
            int number = uploads.size();
            Path source = Files.write(local.resolve("put" + number), sample.bytes());
            uploads.put(POOL.http(1 + number % 3).fileUrl(VOLUME, sample.path()), source);
            downloads.put(
                    POOL.http(1 + (number + 1) % 3).fileUrl(VOLUME, sample.path()), local.resolve("got" + number));
        }

        assertThat(Curl.upload(uploads, local)).hasSize(FILES).containsOnly(201);
        assertThat(Curl.download(downloads, local)).hasSize(FILES).containsOnly(200);

        for (int number = 0; number < FILES; number++) {
            assertThat(Files.mismatch(local.resolve("put" + number), local.resolve("got" + number)))
                    .as(samples.get(number).path())
                    .isEqualTo(-1);
        }
        Map<String, Long> expected = new TreeMap<>();
        samples.forEach(sample -> expected.put(sample.path(), (long) sample.sizeBytes()));
        for (int node = 1; node <= 3; node++) {
            assertThat(listed(node, "")).isEqualTo(expected);
        }
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int number = 0; number < FILES; number++) {
            String directory = DIRECTORIES.get(number % DIRECTORIES.size());
            String name = NAMES.get(number % NAMES.size()).formatted(number);
            samples.add(new Sample(directory + "/" + name, number, sizeBytesOf(number)));
        }
        return samples;
    }

    private static int sizeBytesOf(int number) {
        if (number == 500) {
            return 20 * MIB + 7;
        }
        return number % 100 == 7 ? 2 * MIB + number : number % 10 == 0 ? 0 : (number * 37) % 12_000;
    }

    /** Sizes of all files below {@code directory}, by path, read page by page. */
    private static Map<String, Long> listed(int node, String directory) throws Exception {
        Map<String, Long> found = new TreeMap<>();
        JsonNode next = TextNode.valueOf("");
        do {
            JsonNode page = page(node, directory, next.asText());
            for (JsonNode entry : page.path("entries")) {
                String path = directory + entry.path("name").asText();
                if (entry.path("type").asText().equals("directory")) {
                    found.putAll(listed(node, path + "/"));
                } else {
                    found.put(path, entry.path("size").asLong());
                }
            }
            next = page.required("next");
        } while (!next.isNull());
        return found;
    }

    private static JsonNode page(int node, String directory, String after) throws Exception {
        Answer answer = POOL.http(node).list(VOLUME, directory, after, 50);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
