package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that merely cannot be served from failures of the disk, and remembers the first of those: after it nothing may be
 * read, written or acknowledged any more. Safe for use by several threads.
 */
final class BrickFault {
    private final String brick;
    private final AtomicReference<@Nullable BrickFailedException> first = new AtomicReference<>();

    BrickFault(String brick) {
        this.brick = brick;
    }

    /** The failure that ended the use of the brick; null while all is well. */
    @Nullable
    BrickFailedException failure() {
        return first.get();
    }

    /** What a request fails with that met {@code error}; an {@link Error} is taken for a failure of the disk, since nobody knows what is done. */
    RuntimeException of(Throwable error) {
        if (error instanceof CompletionException && error.getCause() != null) {
            return of(error.getCause());
        }
        if (error instanceof KvNoSpaceException || (error instanceof IOException io && isNoSpace(io))) {
            return noSpace();
        }
        if (error instanceof IOException io && text(io).contains("Too many open files")) {
            return new RefusedException(
                    RefusalCode.OVERLOADED,
                    "brick " + brick + " has no file descriptors left; try again, or raise ulimit -n");
        }
        return error instanceof RuntimeException known && !(known instanceof KvFailedException) ? known : ofDisk(error);
    }

    /** What a request fails with whose sync or row write met {@code error}: only a write that was not begun is harmless. */
    RuntimeException ofCommit(Throwable error) {
        return error instanceof KvNoSpaceException ? noSpace() : ofDisk(error);
    }

    /** For errors that leave the disk's state unknown whatever their kind. */
    private BrickFailedException ofDisk(Throwable error) {
        BrickFailedException failure = error instanceof BrickFailedException known
                ? known
                : new BrickFailedException("brick " + brick + " failed: " + error, error);
        BrickFailedException before = first.compareAndExchange(null, failure);
        return before == null ? failure : before;
    }

    RefusedException noSpace() {
        return new RefusedException(
                RefusalCode.NO_SPACE,
                "brick " + brick + " is at its watermark; delete files or add a brick to the volume");
    }

    RefusedException corrupt(ChunkId chunk, CorruptChunkException error) {
        return new RefusedException(
                RefusalCode.CHUNK_CORRUPT,
                "chunk " + chunk + " on brick " + brick + " is damaged: " + error.getMessage()
                        + "; check the disk, and write the file anew");
    }

    RefusedException notFound(ChunkId chunk) {
        return new RefusedException(RefusalCode.NOT_FOUND, "brick " + brick + " has no chunk " + chunk);
    }

    /** {@code ENOSPC} and {@code EDQUOT}: Java has no type for them. */
    private static boolean isNoSpace(IOException error) {
        return text(error).contains("No space left on device") || text(error).contains("Disk quota exceeded");
    }

    private static String text(IOException error) {
        return String.valueOf(error.getMessage());
    }
}
