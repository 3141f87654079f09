package io.mortar.node.brick.store;

import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the LevelDB store in a brick's {@code rows/}, with a small reserve file beside it so that deletions work on a full disk. */
public final class BrickRows {
    /** Directory of the rows in a brick. */
    public static final String DIRECTORY = "rows";

    /** The reserve file in a brick. */
    public static final String RESERVE_FILE = "reserve";

    private static final int WRITE_BUFFER_BYTES = 4 << 20;
    private static final long CACHE_BYTES = 4L << 20;
    private static final long RESERVE_BYTES_MAX = 8L << 20;

    private BrickRows() {}

    /** Whether the brick has a store. */
    public static boolean exist(Path brick) {
        return KvStores.exists(brick.resolve(DIRECTORY));
    }

    /** Blocks. Throws {@link io.mortar.journal.kv.KvFailedException} when the store cannot be opened. */
    public static KvStore open(Disk disk, Path brick) throws IOException {
        long bytes = Math.min(RESERVE_BYTES_MAX, disk.room(brick).totalBytes() / 32);
        DiskSpace space = DiskSpace.open(brick, new SpaceLimits(bytes, bytes, bytes));
        return KvStores.open(brick.resolve(DIRECTORY), KvOptions.of(space).withMemory(WRITE_BUFFER_BYTES, CACHE_BYTES));
    }
}
