package io.mortar.cli.drill.guided;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.drill.load.SeededContent;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.Content;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/** A file of the drill's own, of one chunk, in which a person flips a byte: nobody's data but the drill's is ever touched. */
final class Probe {
    /** More than a brick keeps in its database, and less than a stripe unit: one chunk file for each copy. */
    static final int SIZE_BYTES = 64 * 1024;

    private final RemotePath path;
    private final SeededContent content;

    /** @param seed of its content */
    Probe(RemotePath path, long seed) {
        this.path = path;
        this.content = new SeededContent(seed, SIZE_BYTES);
    }

    byte[] bytes() {
        return content.bytes();
    }

    void write(NodeClient node) {
        byte[] bytes = bytes();
        new RemoteFiles(node).write(path, new Content() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        });
    }

    /** Reads it through a node. What cannot be read is tried again by whoever asks; other bytes than were written end the drill. */
    void read(NodeClient node) {
        byte[] found;
        try (InputStream in = new RemoteFiles(node).open(path, "")) {
            found = in.readNBytes(SIZE_BYTES + 1);
        } catch (IOException | CommandFailedException e) {
            return;
        }
        if (found.length != SIZE_BYTES || content.firstDifference(0, found) >= 0) {
            throw CommandFailedException.failed(
                    "WRONG: " + path + " was read through " + node.base() + " with other bytes than were written.");
        }
    }

    /** Bricks that have a copy of its chunk, by {@code bt3:/bt3}. */
    static List<String> bricks(JsonNode stat) {
        List<String> bricks = new ArrayList<>();
        for (JsonNode column : stat.path("layout").path("columns")) {
            if (column.path("chunks").asInt() > 0) {
                bricks.add(column.path("brick").asText());
            }
        }
        return bricks;
    }

    /** The command that flips a byte in the middle of the copy below {@code brick}, a directory. */
    String flip(JsonNode stat, String brick) {
        String version = stat.path("etag").asText().replace("\"", "");
        String file = brick + "/chunks/" + directory(version) + "/" + version + "-0-0";
        int place = SIZE_BYTES / 2;
        int flipped = (content.bytes(place, 1)[0] ^ 1) & 0xff;
        return String.format(
                Locale.ROOT,
                "printf '\\%03o' | dd of=%s bs=1 seek=%d conv=notrunc,fsync",
                flipped,
                Shell.quoted(file),
                place);
    }

    /** As docs/formats/chunk.md has it. */
    static String directory(String version) {
        String[] numbers = version.split("-");
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES)
                .putInt(Integer.parseInt(numbers[0]))
                .putLong(Long.parseUnsignedLong(numbers[1], 16))
                .putLong(Long.parseUnsignedLong(numbers[2], 16));
        CRC32C crc = new CRC32C();
        crc.update(bytes.flip());
        String hex = String.format(Locale.ROOT, "%04x", crc.getValue() >>> 16);
        return hex.substring(0, 2) + "/" + hex.substring(2);
    }

    JsonNode stat(NodeClient node) {
        return new RemoteFiles(node).describe(path);
    }
}
