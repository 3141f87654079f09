package io.mortar.client.file;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.util.concurrent.CompletionStage;

/**
 * The files of all volumes, seen from one node. Every stage fails with {@link io.mortar.core.refusal.RefusedException} when the
 * request is refused; OVERLOADED, BRICK_DOWN and METADATA_UNAVAILABLE may be tried again later. Safe for use by several threads.
 */
public interface FileStore {
    /** A {@link Outcome.FileFound} or {@link Outcome.DirectoryFound}. */
    CompletionStage<Outcome> lookup(VolumeName volume, VolumePath path);

    /** One page of a directory; {@code after} is the last name of the page before, or empty; {@code limit} is 1 to 10 000. */
    CompletionStage<Outcome.Listing> list(VolumeName volume, VolumePath path, String after, int limit);

    /**
     * Writes a file. {@code content} is materialised once, and only after condition, space and memory were granted; it is cancelled
     * when the write fails. On success the content is durable and visible; on failure or cancellation nothing is visible.
     */
    CompletionStage<Outcome.Written> write(WriteRequest request, Source<ByteString, ?> content);

    /** As the other {@code write}, for content that is all here: a small one then costs no stream, which is most of its time. */
    default CompletionStage<Outcome.Written> write(WriteRequest request, ByteString content) {
        return write(request, Source.single(content));
    }

    /**
     * Reads bytes {@code [offset, offset + length)} of a file that {@link #lookup} found. Completes when the first chunks of every
     * brick that is needed first have arrived; the stream fails if a later one cannot be had.
     */
    CompletionStage<Source<ByteString, NotUsed>> read(FileView file, VolumeName volume, long offset, long length);

    /** Removes a file or directory. */
    CompletionStage<Outcome.Removed> remove(
            VolumeName volume, VolumePath path, boolean recursive, WriteCondition condition);

    /** Makes a directory; {@code parents} makes missing ones above it and accepts an existing one. */
    CompletionStage<Outcome.DirectoryMade> makeDirectory(VolumeName volume, VolumePath path, boolean parents);

    /** Moves a file or directory in one step; {@code condition} is of the source. */
    CompletionStage<Outcome.Moved> move(
            VolumeName volume, VolumePath from, VolumePath to, boolean overwrite, WriteCondition condition);
}
