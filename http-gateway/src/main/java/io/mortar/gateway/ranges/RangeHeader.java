package io.mortar.gateway.ranges;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Range} header (RFC 9110, section 14.2). */
public final class RangeHeader {
    /** More ranges than this are refused: each costs a request to the bricks. */
    public static final int RANGES_MAX = 64;

    private static final int DIGITS_MAX = 18;

    private RangeHeader() {}

    /** What {@code value} selects of a file of {@code sizeBytes}. */
    public static RangeSelection select(@Nullable String value, long sizeBytes) {
        if (value == null) {
            return new RangeSelection.Whole();
        }
        int equals = value.indexOf('=');
        if (equals < 0
                || !value.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("bytes")) {
            return new RangeSelection.Whole();
        }
        List<ByteRange> ranges = new ArrayList<>();
        int specs = 0;
        for (String spec : value.substring(equals + 1).split(",", -1)) {
            String range = spec.strip();
            if (range.isEmpty()) {
                continue;
            }
            if (!isWellFormed(range)) {
                return new RangeSelection.Whole();
            }
            if (++specs > RANGES_MAX) {
                return new RangeSelection.Unsatisfiable("more than " + RANGES_MAX + " ranges");
            }
            ByteRange found = withinFile(range, sizeBytes);
            if (found != null) {
                ranges.add(found);
            }
        }
        if (specs == 0) {
            return new RangeSelection.Whole();
        }
        return ranges.isEmpty()
                ? new RangeSelection.Unsatisfiable("no range overlaps the file")
                : new RangeSelection.Parts(joined(ranges));
    }

    private static boolean isWellFormed(String range) {
        int dash = range.indexOf('-');
        if (dash < 0 || range.length() == 1) {
            return false;
        }
        String first = range.substring(0, dash);
        String last = range.substring(dash + 1);
        return isNumber(first)
                && isNumber(last)
                && (first.isEmpty() || last.isEmpty() || number(first) <= number(last));
    }

    private static @Nullable ByteRange withinFile(String range, long sizeBytes) {
        int dash = range.indexOf('-');
        String first = range.substring(0, dash);
        String last = range.substring(dash + 1);
        if (first.isEmpty()) {
            long suffix = Math.min(number(last), sizeBytes);
            return suffix == 0 ? null : new ByteRange(sizeBytes - suffix, sizeBytes - 1);
        }
        long from = number(first);
        if (from >= sizeBytes) {
            return null;
        }
        return new ByteRange(from, last.isEmpty() ? sizeBytes - 1 : Math.min(number(last), sizeBytes - 1));
    }

    /** In the order asked for, unless some overlap: then in order of position, with the overlapping ones as one. */
    private static List<ByteRange> joined(List<ByteRange> ranges) {
        List<ByteRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(ByteRange::first));
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange range : sorted) {
            ByteRange previous = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (previous != null && range.first() <= previous.last()) {
                joined.set(joined.size() - 1, new ByteRange(previous.first(), Math.max(previous.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return joined.size() == ranges.size() ? ranges : joined;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The number, or one beyond every file size when it has too many digits. */
    private static long number(String digits) {
        return digits.length() > DIGITS_MAX ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
