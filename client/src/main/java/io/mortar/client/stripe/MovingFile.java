package io.mortar.client.stripe;

import akka.util.ByteString;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileView;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one download, also when the file is moved to other bricks meanwhile and its old copies are gone: when a chunk cannot be had
 * where it should be, it is asked for where the same content is now, and so are all that follow. When the content is where it was, or
 * was replaced or removed, what failed stays failed. Safe for use by several threads.
 */
final class MovingFile {
    /** A brick that is down is to be told soon, also when nobody serves the metadata. */
    private static final Duration LOOKUP_MAX_OF_DOWN = Duration.ofSeconds(1);

    /** Where the chunks of a file come from. */
    interface Chunks {
        CompletionStage<ByteString> read(int index, int offset, int length);
    }

    /** What the file system says now. */
    interface Lookup {
        /** The file with this content; fails if there is none any more. */
        CompletionStage<FileView> find(FileVersion version);
    }

    private record Place(Striping striping, Chunks chunks) {}

    private final FileVersion version;
    private final Lookup lookup;
    private final Function<FileView, Chunks> opening;
    private Place place;
    private @Nullable CompletableFuture<Place> looking;

    /** @param opening reads where a view says; given views with striping only */
    MovingFile(FileView file, Striping striping, Lookup lookup, Function<FileView, Chunks> opening) {
        this.version = file.version();
        this.lookup = lookup;
        this.opening = opening;
        this.place = new Place(striping, opening.apply(file));
    }

    CompletionStage<ByteString> read(int index, int offset, int length) {
        return read(place(), index, offset, length);
    }

    private synchronized Place place() {
        return place;
    }

    private CompletionStage<ByteString> read(Place from, int index, int offset, int length) {
        return from.chunks().read(index, offset, length).exceptionallyCompose(failure -> {
            if (!(ChunkFailures.cause(failure) instanceof RefusedException refused)) {
                return CompletableFuture.failedFuture(failure);
            }
            CompletableFuture<Place> next = after(from);
            CompletableFuture<Place> inTime = refused.refusal().code() == RefusalCode.BRICK_DOWN
                    ? next.copy().orTimeout(LOOKUP_MAX_OF_DOWN.toMillis(), TimeUnit.MILLISECONDS)
                    : next;
            return inTime.exceptionally(notFound -> from)
                    .thenCompose(found -> found.equals(from)
                            ? CompletableFuture.failedFuture(failure)
                            : read(found, index, offset, length));
        });
    }

    /** Where the file is, if it is not at {@code old} any more. Chunks that fail at the same time share one question. */
    private CompletableFuture<Place> after(Place old) {
        CompletableFuture<Place> asked;
        synchronized (this) {
            if (!place.equals(old)) {
                return CompletableFuture.completedFuture(place);
            }
            if (looking != null) {
                return looking;
            }
            asked = new CompletableFuture<>();
            looking = asked;
        }
        lookup.find(version).whenComplete((file, failure) -> {
            Place found = found(old, file);
            asked.complete(found);
        });
        return asked;
    }

    /** Files that moved keep their unit of striping, so that chunks keep their numbers. */
    private synchronized Place found(Place old, @Nullable FileView file) {
        looking = null;
        Striping striping = file == null ? null : file.striping();
        if (file != null
                && striping != null
                && !striping.layout().equals(old.striping().layout())
                && striping.stripeUnitBytes() == old.striping().stripeUnitBytes()) {
            place = new Place(striping, opening.apply(file));
        }
        return place;
    }
}
