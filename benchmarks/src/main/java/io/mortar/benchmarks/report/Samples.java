package io.mortar.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What repeated runs of one measurement gave. */
public final class Samples {
    private final List<Double> values = new ArrayList<>();

    public static Samples of(double value) {
        Samples samples = new Samples();
        samples.add(value);
        return samples;
    }

    public void add(double value) {
        values.add(value);
    }

    public List<Double> values() {
        return List.copyOf(values);
    }

    /** The middle value, or the mean of the two in the middle; NaN when there is none. */
    public double median() {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
