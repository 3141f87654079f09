package io.mortar.benchmarks.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured quantity.
 *
 * @param name what was measured, such as {@code PUT 1 GiB, 1 client}
 * @param server who was measured
 * @param target what the median must reach; null when nothing is demanded
 */
public record Figure(
        String name,
        String server,
        String unit,
        Samples samples,
        @Nullable Target target) {

    /** A bound on a figure: on the median itself, or on its ratio to the same figure of a peer. */
    public record Target(Kind kind, double bound) {
        public static Target ratioAtLeast(double bound) {
            return new Target(Kind.RATIO_AT_LEAST, bound);
        }

        public static Target atLeast(double bound) {
            return new Target(Kind.AT_LEAST, bound);
        }

        public static Target atMost(double bound) {
            return new Target(Kind.AT_MOST, bound);
        }

        boolean isMet(double median, double ratio) {
            return switch (kind) {
                case RATIO_AT_LEAST -> ratio >= bound;
                case AT_LEAST -> median >= bound;
                case AT_MOST -> median <= bound;
            };
        }

        String text() {
            return switch (kind) {
                case RATIO_AT_LEAST -> String.format(Locale.ROOT, ">= %.2f x", bound);
                case AT_LEAST -> String.format(Locale.ROOT, ">= %s", Table.number(bound));
                case AT_MOST -> String.format(Locale.ROOT, "<= %s", Table.number(bound));
            };
        }
    }

    /** How a bound is meant. */
    public enum Kind {
        RATIO_AT_LEAST,
        AT_LEAST,
        AT_MOST
    }
}
