package io.mortar.node.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a node's own data, locked for one process, with its identity in {@code node.json} (see
 * {@code docs/formats/node-identity.md}).
 */
public final class DataDirectory implements AutoCloseable {
    /** Version 1 had no replica of the metadata. Since a version that knows none would serve a stale copy, it must not read this one. */
    private static final int FORMAT_VERSION = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final FileChannel lockFile;

    private DataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /** Creates the directory if it is missing and locks it. Throws {@link StartRefusedException} when that cannot be done. */
    public static DataDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new StartRefusedException("data directory " + directory
                        + " is in use by another node process: stop that one, or give --data-dir another directory");
            }
            return new DataDirectory(directory.toRealPath(), lockFile);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "data directory " + directory + " cannot be used: " + e + "; give --data-dir a writable directory",
                    e);
        }
    }

    public Path path() {
        return directory;
    }

    /** The identity, if this directory ever belonged to a node. Throws {@link StartRefusedException} when it cannot be read. */
    public Optional<NodeIdentity> load() {
        Path file = identityFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(JSON.readTree(Files.readAllBytes(file))));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefusedException(
                    file + " is not a node identity that this version can read (" + e.getMessage()
                            + "): restore it from a backup; do not delete it, or the node loses its bricks",
                    e);
        }
    }

    /** Writes the identity durably, replacing the present one in one step. */
    public void store(NodeIdentity identity) throws IOException {
        Path temporary = directory.resolve("node.json.tmp");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(print(identity));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, identityFile(), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(directory)) {
            parent.force(true);
        }
    }

    /** Unlocks the directory. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private Path identityFile() {
        return directory.resolve("node.json");
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static NodeIdentity parse(JsonNode json) {
        int version = json.path("formatVersion").asInt();
        if (version < 1 || version > FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "format version " + version + ", this version of Mortar reads up to " + FORMAT_VERSION);
        }
        List<String> peers = new ArrayList<>();
        json.path("peers").forEach(peer -> peers.add(peer.asText()));
        JsonNode pool = json.path("poolId");
        return new NodeIdentity(
                NodeId.parse(json.path("nodeId").asText()),
                new NodeName(json.path("name").asText()),
                pool.isTextual() ? PoolId.parse(pool.asText()) : null,
                pool.isTextual() ? parseHolder(json.path("metadata")) : null,
                json.path("metadataReplica").asBoolean(),
                peers);
    }

    private static MetadataHolder parseHolder(JsonNode json) {
        return new MetadataHolder(
                NodeId.parse(json.path("nodeId").asText()),
                new NodeName(json.path("name").asText()));
    }

    private static byte[] print(NodeIdentity identity) throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("nodeId", identity.node().toString());
        json.put("name", identity.name().value());
        MetadataHolder holder = identity.metadata();
        if (identity.pool() != null && holder != null) {
            json.put("poolId", identity.pool().toString());
            json.putObject("metadata")
                    .put("nodeId", holder.node().toString())
                    .put("name", holder.name().value());
        }
        json.put("metadataReplica", identity.replica());
        ArrayNode peers = json.putArray("peers");
        identity.peers().forEach(peers::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
