package io.mortar.cli.drill;

import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.load.LoadReport;
import io.mortar.cli.drill.load.MixedLoad;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is the same in every drill: faults while a load runs, then the comparison of everything. */
public final class LoadedRound {
    private LoadedRound() {}

    /** Does faults, and returns when they are over. */
    @FunctionalInterface
    public interface Faults {
        List<Injection> run() throws IOException, InterruptedException;
    }

    /**
     * Begins the load, has the faults done, ends the load and verifies it.
     *
     * @param skipped asked when the faults are over: those that could not be done
     */
    public static DrillReport run(
            MixedLoad load, Faults faults, Supplier<List<String>> skipped, long seed, Consumer<String> tell)
            throws IOException, InterruptedException {
        load.begin();
        List<Injection> done = faults.run();
        load.end();
        long lengthMillis = load.age().toMillis();
        tell.accept("");
        tell.accept("Comparing every file, through every node, with what was acknowledged ...");
        load.verify();
        LoadReport report = load.report();
        return new DrillReport(seed, done, skipped.get(), lengthMillis, report);
    }
}
