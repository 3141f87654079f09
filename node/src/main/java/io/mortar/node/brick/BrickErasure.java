package io.mortar.node.brick;

import io.mortar.node.brick.store.BrickRows;
import io.mortar.node.brick.store.ChunkStore;
import io.mortar.node.brick.store.LocalDisk;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a brick an ordinary directory again. Blocking. */
final class BrickErasure {
    private static final List<String> NAMES = List.of(
            ChunkStore.TEMPORARY_DIRECTORY,
            ChunkStore.CHUNKS_DIRECTORY,
            BrickRows.DIRECTORY,
            BrickRows.RESERVE_FILE,
            BrickOpening.REINSTATE_FILE,
            IdentityFile.TEMPORARY_NAME);

    private BrickErasure() {}

    /**
     * Deletes what Mortar made in the brick's directory, the identity last, so that an interrupted erasure is recognised and repeated.
     * False, and nothing was touched, if what is there is not this brick.
     */
    static boolean erase(BrickPlan plan) throws IOException {
        LocalDisk disk = new LocalDisk();
        Path directory = Path.of(plan.directory());
        Optional<BrickIdentity> found = IdentityFile.read(disk, directory);
        if (found.isEmpty()) {
            disk.delete(directory.resolve(IdentityFile.TEMPORARY_NAME));
            return disk.list(directory).stream().allMatch("lost+found"::equals);
        }
        if (!found.get().plan().brick().equals(plan.brick())) {
            return false;
        }
        for (String name : NAMES) {
            deleteTree(directory.resolve(name));
        }
        disk.syncDirectory(directory);
        disk.delete(directory.resolve(IdentityFile.NAME));
        disk.syncDirectory(directory);
        return true;
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
