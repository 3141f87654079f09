package io.mortar.node.brick.store;

import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.ByteBuffer;

/** Compares data that came to be stored with the checksums that its writer made. */
final class WrittenChecksums {
    private WrittenChecksums() {}

    /** Throws {@link RefusedException} (BAD_DIGEST) if {@code data} changed on its way here. */
    static void verify(ChunkTrailer trailer, ByteBuffer data) {
        int[] found = BlockChecksums.of(data);
        for (int i = 0; i < found.length; i++) {
            if (found[i] != trailer.blockChecksums()[i]) {
                throw new RefusedException(
                        RefusalCode.BAD_DIGEST,
                        "chunk " + trailer.chunk() + " was changed on its way to the brick: block " + i
                                + " does not match the writer's checksum; send it again");
            }
        }
    }
}
