package io.mortar.node.brick;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.volume.VolumeId;
import io.mortar.node.brick.store.Disk;
import io.mortar.node.brick.store.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The file {@code .mortar-brick} in a brick's directory; {@code docs/formats/brick.md} describes it. */
final class IdentityFile {
    static final String NAME = ".mortar-brick";
    static final String TEMPORARY_NAME = ".mortar-brick.new";
    private static final String FORMAT = "1";
    private static final int SIZE_BYTES_MAX = 64 * 1024;

    private IdentityFile() {}

    /** Writes it in one step; durable on return. */
    static void write(Disk disk, Path directory, BrickIdentity identity) throws IOException {
        Path temporary = directory.resolve(TEMPORARY_NAME);
        disk.delete(temporary);
        try (DiskFile file = disk.create(temporary)) {
            file.write(ByteBuffer.wrap(text(identity).getBytes(StandardCharsets.UTF_8)));
            file.sync();
        }
        disk.rename(temporary, directory.resolve(NAME));
        disk.syncDirectory(directory);
    }

    /** Empty if there is none; an {@link IOException} says what is wrong with one that cannot be read. */
    static Optional<BrickIdentity> read(Disk disk, Path directory) throws IOException {
        Optional<DiskFile> found = disk.open(directory.resolve(NAME));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (DiskFile file = found.get()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), SIZE_BYTES_MAX));
            file.read(bytes, 0);
            return Optional.of(parse(StandardCharsets.UTF_8.decode(bytes.flip()).toString(), directory));
        }
    }

    private static String text(BrickIdentity identity) {
        BrickPlan plan = identity.plan();
        return "# This directory is a brick of a Mortar pool. Do not change anything in it.\n"
                + "format=" + FORMAT
                + "\npool=" + plan.pool()
                + "\nvolume=" + plan.volume()
                + "\nbrick=" + plan.brick()
                + "\nmount-point=" + identity.mountPoint()
                + "\nfile-system=" + identity.fileSystem()
                + "\n";
    }

    private static BrickIdentity parse(String text, Path directory) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#") && line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        if (!FORMAT.equals(values.get("format"))) {
            throw new IOException(directory.resolve(NAME) + " has format '" + values.get("format")
                    + "', this version of Mortar" + " reads format " + FORMAT);
        }
        try {
            BrickPlan plan = new BrickPlan(
                    PoolId.parse(value(values, "pool")),
                    new VolumeId(Integer.parseInt(value(values, "volume"))),
                    BrickId.parse(value(values, "brick")),
                    directory.toString());
            return new BrickIdentity(plan, value(values, "mount-point"), value(values, "file-system"));
        } catch (IllegalArgumentException e) {
            throw new IOException(directory.resolve(NAME) + " is damaged: " + e.getMessage(), e);
        }
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + key);
        }
        return value;
    }
}
