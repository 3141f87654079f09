package io.mortar.node.brick;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.node.brick.store.BrickRows;
import io.mortar.node.brick.store.ChunkStore;
import io.mortar.node.brick.store.Disk;
import io.mortar.protocol.brick.BrickCapacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a directory a brick. Blocking. */
final class BrickPreparation {
    private static final int NAMES_SHOWN_MAX = 3;

    private final Hardware hardware;
    private final BrickSettings settings;
    private final Path dataDirectory;

    BrickPreparation(Hardware hardware, BrickSettings settings, Path dataDirectory) {
        this.hardware = hardware;
        this.settings = settings;
        this.dataDirectory = dataDirectory;
    }

    /**
     * What there is for a brick.
     *
     * @param device tells file systems of this machine apart
     */
    record Survey(BrickCapacity capacity, String device) {}

    /** Checks the directory as {@link #prepare} does and looks at its room, and writes nothing. Throws {@link RefusedException}. */
    Survey survey(BrickPlan plan, List<BrickPlan> others) {
        Path directory = Path.of(plan.directory());
        try {
            Path real = check(plan, directory, others);
            Path existing = existing(directory);
            if (!Files.isWritable(existing)) {
                throw notAllowed(directory, "this node's user may not write to " + existing);
            }
            Disk.Room room = hardware.disk().room(existing);
            long free = settings.store().freeBytes(room);
            return new Survey(
                    new BrickCapacity(free, 0, free, settings.store().untouchableBytes(room.totalBytes()), ""),
                    hardware.mounts().mountOf(real).device());
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static Path existing(Path directory) {
        Path parent = directory.getParent();
        return Files.exists(directory) || parent == null ? directory : parent;
    }

    private static RefusedException unusable(Path directory, Exception cause) {
        return new RefusedException(
                RefusalCode.BRICK_NOT_ALLOWED,
                "directory " + directory + " cannot be made a brick: " + cause
                        + "; check that this node's user may write there");
    }

    /**
     * Checks the directory and writes the brick's identity and empty structures, durably. Goes on where a crash stopped it. Throws
     * {@link RefusedException} and leaves nothing behind if it must not or cannot be a brick.
     */
    BrickIdentity prepare(BrickPlan plan, List<BrickPlan> others) {
        Path directory = Path.of(plan.directory());
        boolean existed = Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
        try {
            Path real = check(plan, directory, others);
            return make(plan, directory, real);
        } catch (IOException | KvFailedException e) {
            return undo(plan, directory, existed, unusable(directory, e));
        }
    }

    private static BrickIdentity undo(BrickPlan plan, Path directory, boolean existed, RefusedException refused) {
        try {
            BrickErasure.erase(plan);
            if (!existed) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            refused.addSuppressed(e);
        }
        throw refused;
    }

    private Path check(BrickPlan plan, Path directory, List<BrickPlan> others) throws IOException {
        if (!directory.isAbsolute() || !directory.normalize().equals(directory)) {
            throw notAllowed(directory, "it is not a plain absolute path");
        }
        Path parent = directory.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw notAllowed(directory, "its parent directory does not exist; create it first");
        }
        Path real = real(directory);
        List<Path> otherPaths = new ArrayList<>();
        for (BrickPlan other : others) {
            otherPaths.add(real(Path.of(other.directory())));
        }
        List<Path> allowedUnder = new ArrayList<>();
        for (Path allowed : settings.allowedUnder()) {
            allowedUnder.add(real(allowed));
        }
        new DirectoryRules(allowedUnder, real(dataDirectory)).check(real, otherPaths);
        if (Files.exists(directory)) {
            checkEmpty(plan, directory);
        }
        checkRoom(directory, existing(directory));
        return real;
    }

    private void checkEmpty(BrickPlan plan, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw notAllowed(directory, "it is not a directory");
        }
        Optional<BrickIdentity> found = IdentityFile.read(hardware.disk(), directory);
        if (found.isPresent()) {
            BrickPlan owner = found.get().plan();
            if (owner.brick().equals(plan.brick()) && owner.pool().equals(plan.pool())) {
                return;
            }
            throw new RefusedException(
                    RefusalCode.BRICK_IN_USE,
                    "directory " + directory + " is brick " + owner.brick() + " of volume " + owner.volume()
                            + " in pool " + owner.pool()
                            + " already; choose another one, or empty it if that brick is not needed");
        }
        List<String> names = new ArrayList<>(hardware.disk().list(directory));
        names.removeAll(List.of("lost+found", IdentityFile.TEMPORARY_NAME));
        if (!names.isEmpty()) {
            throw new RefusedException(
                    RefusalCode.BRICK_NOT_EMPTY,
                    "directory " + directory + " is not empty: it has "
                            + String.join(", ", names.subList(0, Math.min(NAMES_SHOWN_MAX, names.size())))
                            + (names.size() > NAMES_SHOWN_MAX
                                    ? " and " + (names.size() - NAMES_SHOWN_MAX) + " more"
                                    : "")
                            + "; choose an empty directory, or one that does not exist yet");
        }
    }

    private void checkRoom(Path directory, Path existing) throws IOException {
        Disk.Room room = hardware.disk().room(existing);
        long free = settings.store().freeBytes(room);
        if (free < settings.roomBytesMin()) {
            throw new RefusedException(
                    RefusalCode.NO_SPACE,
                    "directory " + directory + " cannot be a brick: its file system has " + room.usableBytes()
                            + " bytes, "
                            + free + " of them above the watermark, and " + settings.roomBytesMin()
                            + " are needed; free some space or choose another disk");
        }
    }

    private BrickIdentity make(BrickPlan plan, Path directory, Path real) throws IOException {
        Disk disk = hardware.disk();
        disk.createDirectory(directory);
        disk.syncDirectory(real.resolveSibling(".").normalize());
        MountTable.Mount mount = hardware.mounts().mountOf(real);
        BrickIdentity identity = new BrickIdentity(plan, mount.mountPoint(), mount.fileSystem());
        IdentityFile.write(disk, directory, identity);
        disk.createDirectory(directory.resolve(ChunkStore.CHUNKS_DIRECTORY));
        disk.createDirectory(directory.resolve(ChunkStore.TEMPORARY_DIRECTORY));
        BrickRows.open(disk, directory).close();
        disk.syncDirectory(directory);
        return identity;
    }

    /** The path without symbolic links; where nothing is, its parent's with the last name. */
    static Path real(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        return parent == null ? path : real(parent).resolve(path.getFileName());
    }

    private static RefusedException notAllowed(Path directory, String why) {
        return new RefusedException(
                RefusalCode.BRICK_NOT_ALLOWED, "directory " + directory + " cannot be a brick: " + why);
    }
}
