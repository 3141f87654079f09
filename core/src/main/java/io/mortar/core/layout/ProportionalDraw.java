package io.mortar.core.layout;

/**
 * Draws with exact proportions: item {@code i} is drawn in proportion to its weight, but never less often than {@code least} nor more
 * often than its maximum. Systematic sampling (Madow 1949): one random offset, one step per draw, so that every count is the expected
 * one rounded up or down. The arithmetic is in 32-bit fixed point because rounding errors would draw an item too often or not at all.
 */
final class ProportionalDraw {
    private static final long ONE = 1L << 32;
    private static final int HALVINGS = 80;

    private ProportionalDraw() {}

    /**
     * How often each item is drawn; the sum is {@code draws}.
     *
     * @param weights positive
     * @param offset within [0, 1)
     */
    static int[] counts(double[] weights, int least, int[] most, int draws, double offset) {
        long[] expected = expected(weights, least, most, draws);
        int[] counts = new int[weights.length];
        long reached = (long) (offset * ONE);
        for (int i = 0; i < weights.length; i++) {
            long next = reached + expected[i];
            counts[i] = (int) ((next >> 32) - (reached >> 32));
            reached = next;
        }
        return counts;
    }

    private static long[] expected(double[] weights, int least, int[] most, int draws) {
        double low = 0;
        double high = 0;
        for (int i = 0; i < weights.length; i++) {
            high = Math.max(high, most[i] / weights[i]);
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (sum(scaled(weights, least, most, middle)) <= draws * ONE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        long[] expected = scaled(weights, least, most, low);
        long missing = draws * ONE - sum(expected);
        for (int i = 0; i < expected.length; i++) {
            long more = Math.min(missing, most[i] * ONE - expected[i]);
            expected[i] += more;
            missing -= more;
        }
        return expected;
    }

    private static long[] scaled(double[] weights, int least, int[] most, double scale) {
        long[] scaled = new long[weights.length];
        for (int i = 0; i < weights.length; i++) {
            scaled[i] = Math.max(least * ONE, (long) (Math.min(most[i], weights[i] * scale) * ONE));
        }
        return scaled;
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }
}
