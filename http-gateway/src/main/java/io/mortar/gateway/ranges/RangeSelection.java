package io.mortar.gateway.ranges;

import java.util.List;

/** What a {@code Range} header selects of a file. */
public sealed interface RangeSelection {
    /** There is no range, or one that must be ignored: another unit, or not readable. */
    record Whole() implements RangeSelection {}

    /** No range overlaps the file, or there are too many: answered with 416. */
    record Unsatisfiable(String reason) implements RangeSelection {}

    /** At least one range, all inside the file; overlapping ones were joined. */
    record Parts(List<ByteRange> ranges) implements RangeSelection {
        public Parts {
            ranges = List.copyOf(ranges);
        }
    }
}
