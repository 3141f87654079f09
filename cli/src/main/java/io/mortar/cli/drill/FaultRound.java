package io.mortar.cli.drill;

import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.fault.Fault;
import io.mortar.cli.drill.load.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Does faults to one node at a time, chosen by a seed, each kind as often as the others; before the next one it waits until the pool is whole
 * again, since nobody promises to survive two machines that are lost at once.
 */
public final class FaultRound {
    private static final long LOOK_MILLIS = 250;

    private final List<Fault> faults;
    private final IntFunction<String> nodeNames;
    private final int nodeCount;
    private final Supplier<String> complaint;
    private final Pace pace;
    private final Duration wholeMax;

    /**
     * @param faults that can be done
     * @param complaint what is not as it should be, empty when all is
     * @param wholeMax how long to wait for that after a fault
     */
    public FaultRound(
            List<Fault> faults,
            int nodeCount,
            IntFunction<String> nodeNames,
            Supplier<String> complaint,
            Pace pace,
            Duration wholeMax) {
        this.faults = List.copyOf(faults);
        this.nodeCount = nodeCount;
        this.nodeNames = nodeNames;
        this.complaint = complaint;
        this.pace = pace;
        this.wholeMax = wholeMax;
    }

    /**
     * Does faults until {@code length} has passed, and returns when the pool is whole after the last one.
     *
     * @param every time from the beginning of one to that of the next, at least
     * @param told hears of each when it is over
     */
    public List<Injection> run(Duration length, Duration every, long seed, Consumer<Injection> told)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Injection> done = new ArrayList<>();
        long began = pace.nanos();
        int previous = -1;
        while (true) {
            Injection last = done.isEmpty() ? null : done.get(done.size() - 1);
            long nextMillis = (last == null ? 0 : last.atMillis()) + every.toMillis();
            pace.pause(Math.max(0, nextMillis - millisSince(began)));
            boolean whole = last == null || last.wholeAfterMillis() >= 0;
            if (millisSince(began) >= length.toMillis() || faults.isEmpty() || !whole) {
                return done;
            }
            Fault fault = faults.get(done.size() % faults.size());
            int node = otherThan(previous, random);
            previous = node;
            Injection injection = strike(fault, node, began);
            done.add(injection);
            told.accept(injection);
        }
    }

    private int otherThan(int previous, SplittableRandom random) {
        int node = random.nextInt(nodeCount);
        return node == previous ? (node + 1) % nodeCount : node;
    }

    private Injection strike(Fault fault, int node, long began) throws IOException, InterruptedException {
        long atMillis = millisSince(began);
        String what = fault.strike(node);
        String left = complaint.get();
        while (!left.isEmpty() && millisSince(began) - atMillis < wholeMax.toMillis()) {
            pace.pause(LOOK_MILLIS);
            left = complaint.get();
        }
        boolean whole = left.isEmpty();
        return new Injection(
                atMillis,
                fault.kind().word(),
                nodeNames.apply(fault.victim(node)),
                whole ? what : what + "; " + wholeMax.toSeconds() + " s later still: " + left,
                -1,
                whole ? millisSince(began) - atMillis : -1);
    }

    private long millisSince(long nanos) {
        return Duration.ofNanos(pace.nanos() - nanos).toMillis();
    }
}
