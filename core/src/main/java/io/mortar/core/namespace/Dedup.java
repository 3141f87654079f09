package io.mortar.core.namespace;

import io.mortar.core.namespace.row.AnswerRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.SettledRow;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
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
        byte[] value = rows.get(RowKeys.answer(volume, client, sequence));
        return value == null ? null : AnswerRow.decode(value).answer();
    }

    /** Whether the client already said that it has the answer: a late copy of the request, which must not be carried out. */
    public static boolean isSettled(Rows rows, VolumeId volume, long client, long sequence) {
        return sequence < settledBelow(rows, volume, client);
    }

    /** The row that remembers {@code answer}. */
    public static RowChange remember(VolumeContext context, long client, long sequence, byte[] answer) {
        return new RowChange(
                RowKeys.answer(context.volume(), client, sequence),
                new AnswerRow(context.nowMillis(), answer).encode());
    }

    /**
     * Forgets up to {@code limit} answers of {@code client} below {@code settledBelow}, lowest first, and remembers that they are
     * settled. No changes when that was done before, so it may be called with every request or every so often.
     */
    public static List<RowChange> settle(VolumeContext context, Rows rows, long client, long settledBelow, int limit) {
        VolumeId volume = context.volume();
        long before = settledBelow(rows, volume, client);
        if (settledBelow <= before) {
            return List.of();
        }
        List<RowChange> changes = new ArrayList<>();
        long reached = before;
        try (RowCursor cursor =
                rows.scan(RowKeys.answer(volume, client, before), RowKeys.answer(volume, client, settledBelow))) {
            while (cursor.next()) {
                if (changes.size() == limit) {
                    break;
                }
                changes.add(new RowChange(cursor.key(), null));
                reached = RowKeys.sequenceOf(cursor.key()) + 1;
            }
        }
        long now = changes.size() < limit ? settledBelow : reached;
        changes.add(new RowChange(RowKeys.settled(volume, client), new SettledRow(context.nowMillis(), now).encode()));
        return changes;
    }

    /** Forgets up to {@code limit} rows written before {@code beforeMillis}, of clients that went away. */
    public static List<RowChange> forgetBefore(Rows rows, VolumeId volume, long beforeMillis, int limit) {
        List<RowChange> changes = new ArrayList<>();
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.ANSWER, volume), RowKeys.end(Table.ANSWER, volume))) {
            while (changes.size() < limit && cursor.next()) {
                long writtenMillis = RowKeys.isSettled(cursor.key())
                        ? SettledRow.decode(cursor.value()).writtenMillis()
                        : AnswerRow.decode(cursor.value()).writtenMillis();
                if (writtenMillis < beforeMillis) {
                    changes.add(new RowChange(cursor.key(), null));
                }
            }
        }
        return changes;
    }

    private static long settledBelow(Rows rows, VolumeId volume, long client) {
        byte[] value = rows.get(RowKeys.settled(volume, client));
        return value == null ? 0 : SettledRow.decode(value).settledBelow();
    }
}
