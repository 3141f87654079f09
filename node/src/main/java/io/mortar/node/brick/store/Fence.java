package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last word about the copies of a file version on a brick. Orders come from the volume's sequence and grow over leaderships, so a
 * message of an earlier leader, or one that was long on its way, has a lower order than what was decided since: it is kept from deleting
 * what was moved back meanwhile, and from leaving chunks where they were dropped meanwhile. {@code docs/formats/brick.md} has the
 * reasoning. Guarded by {@code FenceTest}.
 *
 * @param order of the latest fetch or drop
 * @param kept the chunks that the brick has, or is being given, by that order
 */
record Fence(long order, KeptColumns kept) {
    /** A deleted version's: above every order, and nothing is kept. */
    static final Fence TOMBSTONE = new Fence(Long.MAX_VALUE, KeptColumns.NONE);

    /** Order of those who do not know about copies being moved: uploads and healing. They go by the fence, and raise none. */
    static final long NO_ORDER = 0;

    private static final int HEADER_SIZE_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    /** Whether a chunk may be stored, by the word of {@code order}, in a version with the fence {@code present}. */
    static boolean admits(@Nullable Fence present, long order, int index) {
        if (present == null || order > present.order) {
            return true;
        }
        return (order == NO_ORDER || order == present.order) && present.kept.hasChunk(index);
    }

    /** What a chunk is refused with that is not admitted. */
    static RefusedException refusal(ChunkId chunk, @Nullable Fence present) {
        String why = TOMBSTONE.equals(present)
                ? " came after its file version was deleted; start the upload anew"
                : " came after the copies on this brick were decided on anew; ask again with the present layout";
        return new RefusedException(RefusalCode.LEASE_LOST, "chunk " + chunk + why);
    }

    /** Whether a removal by the word of {@code order} may still be carried out in a version with the fence {@code present}. */
    static boolean allowsRemoval(@Nullable Fence present, long order) {
        return present == null || order >= present.order;
    }

    /** Whether this takes the place of {@code present}: of two with one order, the one that a drop left says more. */
    boolean replaces(@Nullable Fence present) {
        return present == null || order > present.order || (order == present.order && !kept.isAll());
    }

    /** A row's value, which begins with the time whatever it is. */
    byte[] toValue(long nowMillis) {
        if (equals(TOMBSTONE)) {
            return RowKeys.number(nowMillis);
        }
        ByteBuffer value =
                ByteBuffer.allocate(HEADER_SIZE_BYTES + kept.columns().size() * Integer.BYTES);
        value.putLong(nowMillis).putLong(order).putInt(kept.seed()).putInt(kept.width());
        kept.columns().forEach(value::putInt);
        return value.array();
    }

    static Fence fromValue(byte[] value) {
        if (value.length == Long.BYTES) {
            return TOMBSTONE;
        }
        ByteBuffer in = ByteBuffer.wrap(value).position(Long.BYTES);
        long order = in.getLong();
        int seed = in.getInt();
        int width = in.getInt();
        List<Integer> columns = new ArrayList<>();
        while (in.hasRemaining()) {
            columns.add(in.getInt());
        }
        return new Fence(order, new KeptColumns(seed, width, columns));
    }
}
