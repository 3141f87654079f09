package io.mortar.protocol.brick;

import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeId;
import java.util.List;

/**
 * What a brick actor is asked and answers. Requests carry an id that is unique per asker and comes back in the answer; every request
 * may be sent again, since chunks are immutable and deletion is idempotent.
 */
public final class BrickProtocol {
    /** Bound on the sources of a chunk. */
    public static final int SOURCES_MAX = 16;

    private BrickProtocol() {}

    public sealed interface Request
            permits StoreChunk, ReadChunk, DeleteVersions, FetchChunk, DropCopies, VerifyChunks, ListVersions {
        long requestId();

        ActorRef<Reply> replyTo();
    }

    public sealed interface Reply
            permits ChunkStored,
                    ChunkData,
                    VersionsDeleted,
                    ChunkNotFetched,
                    CopiesDropped,
                    ChunksVerified,
                    VersionsListed,
                    BrickRefused {
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

    /**
     * Reads bytes {@code [offset, offset + length)} of a chunk. The range must lie inside it.
     *
     * @param forCopy asked for by a brick that gets the chunk, not for a client: refused with OVERLOADED while clients are to go first
     */
    public record ReadChunk(
            long requestId, ChunkId chunk, int offset, int length, ActorRef<Reply> replyTo, boolean forCopy)
            implements Request {}

    /** Deletes all chunks of these contents and refuses any that arrive later; sent by the coordinator alone. */
    public record DeleteVersions(long requestId, List<FileVersion> versions, ActorRef<Reply> replyTo)
            implements Request {}

    /**
     * Has the brick get a chunk from other bricks, which are asked in turn, and store it; answered with {@link ChunkStored}, at once if it
     * has the chunk already and it is intact. Refused with LEASE_LOST if the version was deleted, or its copies on this brick were
     * decided on by a higher order.
     *
     * @param order number of the decision, from the volume's sequence; 0 for a repair of what the brick should have had before
     * @param sources at most {@link #SOURCES_MAX} bricks; none only asks whether the chunk is here
     */
    public record FetchChunk(
            long requestId,
            ChunkId chunk,
            int sizeBytes,
            long order,
            List<ActorRef<Request>> sources,
            ActorRef<Reply> replyTo)
            implements Request {
        public FetchChunk {
            sources = List.copyOf(sources);
        }
    }

    /** Removes chunks that a brick is no longer to have; sent by the coordinator alone. */
    public record DropCopies(long requestId, List<Drop> drops, ActorRef<Reply> replyTo) implements Request {
        public DropCopies {
            drops = List.copyOf(drops);
        }
    }

    /**
     * Removes the chunks of a content whose column, {@code (seed + index) mod width}, is not among {@code keptColumns}, and refuses those
     * that arrive later by the word of a lower order. Does nothing if the copies on the brick were decided on by a higher order.
     *
     * @param order number of the decision, from the volume's sequence
     * @param width at least 1
     */
    public record Drop(FileVersion version, long order, int seed, int width, List<Integer> keptColumns) {
        public Drop {
            keptColumns = List.copyOf(keptColumns);
            if (order < 1 || width < 1) {
                throw new IllegalArgumentException("order " + order + " or width " + width + " is below 1");
            }
        }
    }

    /**
     * Reads and verifies chunks without sending them.
     *
     * @param indexes at most 64
     * @param sizes bytes that each of them should have
     */
    public record VerifyChunks(
            long requestId, FileVersion version, List<Integer> indexes, List<Integer> sizes, ActorRef<Reply> replyTo)
            implements Request {
        public VerifyChunks {
            indexes = List.copyOf(indexes);
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * Asks of which contents of a volume the brick has chunks, page by page. Whatever is there all the time is listed; a content may come
     * twice, on different pages.
     *
     * @param cursor empty for the first page, else {@link VersionsListed#next} of the page before
     * @param limit versions on a page, at most 4096
     */
    public record ListVersions(long requestId, VolumeId volume, String cursor, int limit, ActorRef<Reply> replyTo)
            implements Request {}

    /** The chunk is on stable storage under its final name. */
    public record ChunkStored(long requestId) implements Reply {}

    /** Verified bytes. {@code checksum} is the CRC32C of exactly {@code data}, for the way over the network. */
    public record ChunkData(long requestId, int checksum, ByteString data) implements Reply {}

    /** None of the versions has a chunk on this brick any more, durably. */
    public record VersionsDeleted(long requestId) implements Reply {}

    /**
     * None of the sources gave an intact chunk. The code is OVERLOADED if one of them may give it later, else the last one's (BRICK_DOWN if it did not answer, BAD_DIGEST if the chunk was
     * changed on its way, NOT_FOUND if there were no sources); the text names them all. What this brick itself refuses is
     * {@link BrickRefused}.
     */
    public record ChunkNotFetched(long requestId, Refusal refusal) implements Reply {}

    /** The chunks are gone, durably, of all drops that no higher order had overtaken. */
    public record CopiesDropped(long requestId) implements Reply {}

    /**
     * What a look at chunks found; those in neither list are intact.
     *
     * @param missing indexes
     * @param corrupt indexes of chunks that are damaged or not of the size that they should have
     * @param verifiedBytes of the intact ones
     */
    public record ChunksVerified(long requestId, List<Integer> missing, List<Integer> corrupt, long verifiedBytes)
            implements Reply {}

    /**
     * A page; it may be empty although others follow.
     *
     * @param next means something to this brick alone; empty when this was the last page
     */
    public record VersionsListed(long requestId, List<FileVersion> versions, String next) implements Reply {}

    /** NOT_FOUND, CHUNK_CORRUPT, NO_SPACE, BRICK_DOWN (quarantined), LEASE_LOST (deleted version, or copies decided on anew), OVERLOADED or BAD_REQUEST. */
    public record BrickRefused(long requestId, Refusal refusal) implements Reply {}
}
