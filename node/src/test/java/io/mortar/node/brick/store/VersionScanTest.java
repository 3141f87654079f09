package io.mortar.node.brick.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A brick with more files in a few directories than are to be held at once. */
class VersionScanTest {
    private static final VolumeId VOLUME = new VolumeId(1);
    private static final int VERSION_COUNT = 50_000;

    @TempDir
    Path directory;

    @Test
    void directories_of_a_hundred_thousand_files_are_never_held_and_every_version_is_listed_once() throws Exception {
        CrowdedDisk disk = new CrowdedDisk();
        Set<FileVersion> listed = new HashSet<>();
        try (KvStore rows = BrickRows.open(new LocalDisk(), directory)) {
            VersionScan scan =
                    new VersionScan(disk, new ChunkDirectories(directory), new ChunkRows(rows, Clock.systemUTC()));
            String cursor = VersionCursor.NONE;
            do {
                VersionPage page = scan.page(VOLUME, VersionCursor.parse(cursor), 4096);
                page.versions().forEach(v -> assertThat(listed.add(v)).isTrue());
                cursor = page.next();
            } while (!cursor.equals(VersionCursor.NONE));
        }
        assertThat(listed).hasSize(VERSION_COUNT);
        assertThat(disk.namesMax).isEqualTo(VERSION_COUNT);
    }

    /** Has {@link #VERSION_COUNT} versions of two files each in two directories, which do not let themselves be listed as a whole. */
    private static final class CrowdedDisk implements Disk {
        int namesMax;

        @Override
        public void forEach(Path directory, Consumer<String> action) {
            if (directory.endsWith("chunks/00")) {
                action.accept("03");
                action.accept("fe");
            } else if (directory.endsWith("chunks/00/03") || directory.endsWith("chunks/00/fe")) {
                int first = directory.endsWith("03") ? 0 : 1;
                int names = 0;
                for (int i = VERSION_COUNT - 1; i >= 0; i--) {
                    if (i % 2 == first) {
                        FileVersion version = new FileVersion(VOLUME, i + 1L, 1);
                        action.accept(new ChunkId(version, 0, 0).toString());
                        action.accept(new ChunkId(version, 7, 0).toString());
                        names += 2;
                    }
                }
                namesMax = Math.max(namesMax, names);
            }
        }

        @Override
        public List<String> list(Path directory) throws IOException {
            assertThat(directory.getParent()).as("parent of %s", directory).hasFileName("chunks");
            return Disk.super.list(directory);
        }

        @Override
        public DiskFile create(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<DiskFile> open(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rename(Path from, Path to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void createDirectory(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void syncDirectory(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean exists(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Room room(Path path) {
            throw new UnsupportedOperationException();
        }
    }
}
