package io.mortar.core.namespace;

import io.mortar.core.volume.VolumeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembered answers, so that a retried request is answered and not repeated. The answer's row is written in the same batch as the
 * request's changes.
 */
public final class Dedup {
    private Dedup() {}

    /** The answer that was given to this request, or null. */
    public static byte @Nullable [] find(Rows rows, VolumeId volume, long client, long sequence) {
        return null;
    }

    /** Whether the client already said that it has the answer: a late copy of the request, which must not be carried out. */
    public static boolean isSettled(Rows rows, VolumeId volume, long client, long sequence) {
        return false;
    }

    /** The row that remembers {@code answer}. */
    public static RowChange remember(VolumeContext context, long client, long sequence, byte[] answer) {
        return new RowChange(new byte[0], answer);
    }

    /** Forgets up to {@code limit} answers of {@code client} below {@code settledBelow}, and remembers that they are settled. */
    public static List<RowChange> settle(VolumeContext context, Rows rows, long client, long settledBelow, int limit) {
        return List.of();
    }

    /** Forgets up to {@code limit} rows written before {@code beforeMillis}, of clients that went away. */
    public static List<RowChange> forgetBefore(Rows rows, VolumeId volume, long beforeMillis, int limit) {
        return List.of();
    }
}
