package io.mortar.multijvm.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.http.MortarHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Administers volumes through one node. */
public final class VolumeAdmin {
    private final MortarHttp http;

    public VolumeAdmin(URI node) {
        this.http = new MortarHttp(node);
    }

    /** Asks for a volume; the answer may be a refusal. */
    public Answer create(String name, int stripe, int stripeUnitBytes, List<String> bricks)
            throws IOException, InterruptedException {
        String quoted = bricks.stream().map(brick -> '"' + brick + '"').collect(Collectors.joining(", "));
        return http.tell("volumes", """
                {"name": "%s", "stripe": %d, "stripeUnitBytes": %d, "bricks": [%s]}
                """.formatted(name, stripe, stripeUnitBytes, quoted));
    }

    /** Creates and starts a volume, or throws. */
    public void createStarted(String name, int stripe, int stripeUnitBytes, List<String> bricks)
            throws IOException, InterruptedException {
        expect(201, create(name, stripe, stripeUnitBytes, bricks));
        expect(200, start(name));
    }

    /** Creates and starts a volume that keeps {@code replica} copies of each chunk, or throws. */
    public void createReplicated(String name, int stripe, int replica, List<String> bricks)
            throws IOException, InterruptedException {
        String quoted = bricks.stream().map(brick -> '"' + brick + '"').collect(Collectors.joining(", "));
        expect(201, http.tell("volumes", """
                {"name": "%s", "stripe": %d, "replica": %d, "bricks": [%s]}
                """.formatted(name, stripe, replica, quoted)));
        expect(200, start(name));
    }

    /** Files that bricks of a volume lack, as far as they have not been healed. */
    public long filesToHeal(String name) throws IOException, InterruptedException {
        return expect(200, http.ask("volumes/" + name + "/heal"))
                .json()
                .path("filesLeft")
                .asLong();
    }

    public Answer start(String name) throws IOException, InterruptedException {
        return http.tell("volumes/" + name + "/start", "{}");
    }

    public Answer stop(String name) throws IOException, InterruptedException {
        return http.tell("volumes/" + name + "/stop", "{}");
    }

    public Answer describe(String name) throws IOException, InterruptedException {
        return http.ask("volumes/" + name);
    }

    public Answer delete(String name) throws IOException, InterruptedException {
        return http.forget("volumes/" + name);
    }

    /** Names of all volumes. */
    public List<String> names() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        expect(200, http.ask("volumes"))
                .json()
                .path("volumes")
                .forEach(volume -> names.add(volume.path("name").asText()));
        return names;
    }

    /** Bricks, as {@code node:/directory}, that hold chunks of a file. */
    public Set<String> bricksOf(String volume, String path) throws IOException, InterruptedException {
        Set<String> bricks = new TreeSet<>();
        for (JsonNode column : stat(volume, path).path("layout").path("columns")) {
            if (column.path("chunks").asInt() > 0) {
                bricks.add(column.path("brick").asText());
            }
        }
        return bricks;
    }

    /** What all names of the file's chunks begin with: volume, inode and generation. */
    public String chunkNamePrefix(String volume, String path) throws IOException, InterruptedException {
        return stat(volume, path).path("etag").asText().replace("\"", "") + "-";
    }

    private JsonNode stat(String volume, String path) throws IOException, InterruptedException {
        return expect(200, http.ask("volumes/" + volume + "/stat?path=/" + Urls.encoded(path)))
                .json();
    }

    private static Answer expect(int status, Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("expected " + status + ": " + answer);
        }
        return answer;
    }
}
