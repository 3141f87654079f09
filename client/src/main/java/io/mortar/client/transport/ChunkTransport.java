package io.mortar.client.transport;

import akka.Done;
import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import java.util.concurrent.CompletionStage;

/**
 * Moves chunks between this node and the bricks. Stages fail with {@link io.mortar.core.refusal.RefusedException}: BRICK_DOWN (naming
 * the brick) when it cannot be reached or does not answer in time, or whatever the brick refused with. A call whose future is cancelled
 * is given up: nothing is sent any more and its data is let go. Safe for use by several threads.
 */
public interface ChunkTransport {
    /** Stores {@code data} as {@code chunk}; durable when the stage completes. May be repeated. */
    CompletionStage<Done> store(BrickTarget brick, ChunkId chunk, ByteString data);

    /** Bytes {@code [offset, offset + length)} of {@code chunk}, verified. */
    CompletionStage<ByteString> read(BrickTarget brick, ChunkId chunk, int offset, int length);
}
