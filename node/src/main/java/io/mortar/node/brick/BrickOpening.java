package io.mortar.node.brick;

import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvStore;
import io.mortar.node.brick.store.BrickRows;
import io.mortar.node.brick.store.ChunkStore;
import io.mortar.node.brick.store.Disk;
import io.mortar.node.brick.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the directory of a brick, if it still is one. Never makes one: an empty directory may be a disk that is not mounted. Blocking. */
final class BrickOpening {
    /** A person puts this into the directory of a quarantined brick to have it used again at the next start. */
    static final String REINSTATE_FILE = ".mortar-reinstate";

    private final Hardware hardware;
    private final StoreSettings settings;

    BrickOpening(Hardware hardware, StoreSettings settings) {
        this.hardware = hardware;
        this.settings = settings;
    }

    /** @param device the file system's, for telling which bricks share one */
    record Opened(ChunkStore store, String device) {}

    /** Verifies the identity and opens the store. {@code name} is the brick's for texts. */
    Opened open(BrickIdentity identity, String name) throws UnusableBrickException {
        Path directory = Path.of(identity.plan().directory());
        try {
            MountTable.Mount mount = verify(identity, directory);
            return new Opened(openStore(directory, name), mount.device());
        } catch (IOException | KvFailedException e) {
            throw new UnusableBrickException(directory + " cannot be opened: " + e);
        }
    }

    /** Whether a person wants a quarantined brick back; asks once, if its directory is the brick. */
    boolean takeReinstatement(BrickIdentity identity) {
        Path directory = Path.of(identity.plan().directory());
        try {
            if (!hardware.disk().exists(directory.resolve(REINSTATE_FILE))) {
                return false;
            }
            verify(identity, directory);
            hardware.disk().delete(directory.resolve(REINSTATE_FILE));
            hardware.disk().syncDirectory(directory);
            return true;
        } catch (IOException | UnusableBrickException e) {
            return false; // it stays quarantined, and says so
        }
    }

    private ChunkStore openStore(Path directory, String name) throws IOException {
        KvStore rows = BrickRows.open(hardware.disk(), directory);
        try {
            return ChunkStore.open(
                    new ChunkStore.Parts(name, directory, hardware.disk(), rows, hardware.buffers(), hardware.clock()),
                    settings);
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private MountTable.Mount verify(BrickIdentity expected, Path directory) throws IOException, UnusableBrickException {
        Disk disk = hardware.disk();
        Optional<BrickIdentity> found = IdentityFile.read(disk, directory);
        if (found.isEmpty()) {
            throw new UnusableBrickException(directory + " has no file " + IdentityFile.NAME
                    + ": is its disk mounted? Mount it and restart the node");
        }
        BrickPlan plan = found.get().plan();
        BrickPlan wanted = expected.plan();
        if (!plan.pool().equals(wanted.pool()) || !plan.brick().equals(wanted.brick())) {
            throw new UnusableBrickException(directory + " is brick " + plan.brick() + " of pool " + plan.pool()
                    + ", but should be brick " + wanted.brick() + " of pool " + wanted.pool()
                    + ": mount the right disk and restart the node");
        }
        MountTable.Mount mount = hardware.mounts().mountOf(BrickPreparation.real(directory));
        if (!mount.mountPoint().equals(found.get().mountPoint())
                || !mount.fileSystem().equals(found.get().fileSystem())) {
            throw new UnusableBrickException(directory + " is on " + mount.fileSystem() + " at " + mount.mountPoint()
                    + ", but was made on " + found.get().fileSystem() + " at "
                    + found.get().mountPoint() + ": if it was moved on purpose, change mount-point and file-system in "
                    + directory.resolve(IdentityFile.NAME) + "; then restart the node");
        }
        if (!Files.isDirectory(directory.resolve(ChunkStore.CHUNKS_DIRECTORY)) || !BrickRows.exist(directory)) {
            throw new UnusableBrickException(directory + " has lost its directory " + ChunkStore.CHUNKS_DIRECTORY
                    + " or " + BrickRows.DIRECTORY + ": restore it from where it went and restart the node");
        }
        return mount;
    }
}
