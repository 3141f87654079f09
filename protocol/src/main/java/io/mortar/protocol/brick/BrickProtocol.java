package io.mortar.protocol.brick;

import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.Refusal;
import java.util.List;

/**
 * What a brick actor is asked and answers. Requests carry an id that is unique per asker and comes back in the answer; every request
 * may be sent again, since chunks are immutable and deletion is idempotent.
 */
public final class BrickProtocol {
    private BrickProtocol() {}

    public sealed interface Request permits StoreChunk, ReadChunk, DeleteVersions {}

    public sealed interface Reply permits ChunkStored, ChunkData, VersionsDeleted, BrickRefused {
        long requestId();
    }

    /**
     * Stores a chunk durably.
     *
     * @param blockChecksums CRC32C per 64 KiB of {@code data}, made by the writer; the brick verifies them before it stores
     */
    public record StoreChunk(
            long requestId, ChunkId chunk, List<Integer> blockChecksums, ByteString data, ActorRef<Reply> replyTo)
            implements Request {}

    /** Reads bytes {@code [offset, offset + length)} of a chunk. The range must lie inside it. */
    public record ReadChunk(long requestId, ChunkId chunk, int offset, int length, ActorRef<Reply> replyTo)
            implements Request {}

    /** Deletes all chunks of these contents and refuses any that arrive later; sent by the coordinator alone. */
    public record DeleteVersions(long requestId, List<FileVersion> versions, ActorRef<Reply> replyTo)
            implements Request {}

    /** The chunk is on stable storage under its final name. */
    public record ChunkStored(long requestId) implements Reply {}

    /** Verified bytes. {@code checksum} is the CRC32C of exactly {@code data}, for the way over the network. */
    public record ChunkData(long requestId, int checksum, ByteString data) implements Reply {}

    /** None of the versions has a chunk on this brick any more, durably. */
    public record VersionsDeleted(long requestId) implements Reply {}

    /** NOT_FOUND, CHUNK_CORRUPT, NO_SPACE, BRICK_DOWN (quarantined), LEASE_LOST (deleted version), OVERLOADED or BAD_REQUEST. */
    public record BrickRefused(long requestId, Refusal refusal) implements Reply {}
}
