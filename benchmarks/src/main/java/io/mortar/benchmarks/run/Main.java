package io.mortar.benchmarks.run;

import io.mortar.benchmarks.machine.Machine;
import io.mortar.benchmarks.part.Bench;
import io.mortar.benchmarks.part.FilesPart;
import io.mortar.benchmarks.part.GlusterPart;
import io.mortar.benchmarks.part.JobsPart;
import io.mortar.benchmarks.part.MemoryPart;
import io.mortar.benchmarks.part.MetadataPart;
import io.mortar.benchmarks.part.RangesPart;
import io.mortar.benchmarks.part.ReplicaPart;
import io.mortar.benchmarks.part.SmallFilesPart;
import io.mortar.benchmarks.part.TransferPart;
import io.mortar.benchmarks.report.Report;
import io.mortar.benchmarks.run.Options.Part;
import io.mortar.benchmarks.server.Gluster;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Entry point of {@code benchmarks/run.sh}. Exit codes: 0 all targets met, 1 failed, 2 usage, 3 a target was missed. */
public final class Main {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long GB = 1_000_000_000;
    private static final long JOBS_BYTES = GIB;
    private static final int SMALL_FILES = 5_000;
    private static final int OPERATIONS = 40_000;
    private static final int EXCHANGES = 2_000;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(Path.of(System.getProperty("mortar.top")), arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        Workspace workspace = Workspace.create(options.directory());
        Report report = new Report();
        Files.createDirectories(options.results());
        try {
            List<Part> besidePeer =
                    options.parts().stream().filter(Part::isBesidePeer).toList();
            if (!besidePeer.isEmpty()) {
                measureBesidePeer(besidePeer, options, workspace, report);
            }
            if (options.parts().contains(Part.METADATA)) {
                measureMetadata(options, workspace, report);
            }
            if (options.parts().contains(Part.REPLICA)) {
                measureReplica(options, workspace, report);
            }
            if (options.parts().contains(Part.JOBS)) {
                measureJobs(options, workspace, report);
            }
            if (options.parts().contains(Part.GLUSTER)) {
                measureBesideGluster(options, workspace, report);
            }
            if (options.parts().contains(Part.FILES)) {
                measureFiles(options, workspace, report);
            }
        } catch (IOException e) {
            System.err.println(
                    "benchmarks: failed; logs and data are left in " + workspace + " for you to look at and remove");
            throw e;
        }
        publish(report, Machine.describe(options.directory()), options.results());
        workspace.delete();
        System.exit(report.allMet() ? 0 : 3);
    }

    private static void measureBesidePeer(List<Part> parts, Options options, Workspace workspace, Report report)
            throws IOException, InterruptedException {
        try (MortarPool pool = MortarPool.start(options.launcher(), workspace.directory("mortar"), "");
                Nginx nginx = Nginx.start(workspace.directory("nginx"))) {
            Bench bench = new Bench(workspace.directory("client"), List.of(pool, nginx), options.rounds(), report);
            for (Part part : parts) {
                System.out.println("measuring: " + part);
                switch (part) {
                    case TRANSFER -> new TransferPart(bench, options.scaled(GIB)).run();
                    case SMALL -> new SmallFilesPart(bench, Math.toIntExact(options.scaled(SMALL_FILES))).run();
                    case RANGES -> new RangesPart(bench, options.scaled(GIB)).run();
                    case MEMORY -> {
                        Path timeSeries = options.results().resolve("memory.csv");
                        new MemoryPart(bench, pool, options.scaled(GB), timeSeries).run();
                    }
                    case METADATA, REPLICA, JOBS, GLUSTER, FILES ->
                        throw new AssertionError(part + " has a pool of its own");
                }
            }
        }
    }

    private static void measureMetadata(Options options, Workspace workspace, Report report)
            throws IOException, InterruptedException {
        System.out.println("measuring: " + Part.METADATA);
        try (MortarPool pool = MortarPool.start(options.launcher(), workspace.directory("metadata"), "")) {
            Bench bench = new Bench(workspace.directory("client"), List.of(pool), options.rounds(), report);
            int operations = Math.toIntExact(options.scaled(OPERATIONS));
            new MetadataPart(bench, pool, operations, Math.toIntExact(options.scaled(EXCHANGES))).run();
        }
    }

    private static void measureReplica(Options options, Workspace workspace, Report report)
            throws IOException, InterruptedException {
        System.out.println("measuring: " + Part.REPLICA);
        try (MortarPool pool = MortarPool.start(options.launcher(), workspace.directory("replica"), "")) {
            Bench bench = new Bench(workspace.directory("client"), List.of(pool), options.rounds(), report);
            new ReplicaPart(bench, pool, options.scaled(GIB), Math.toIntExact(options.scaled(MIB))).run();
        }
    }

    private static void measureJobs(Options options, Workspace workspace, Report report)
            throws IOException, InterruptedException {
        System.out.println("measuring: " + Part.JOBS);
        try (MortarPool pool =
                MortarPool.start(options.launcher(), workspace.directory("jobs"), JobsPart.JAVA_OPTIONS)) {
            Bench bench = new Bench(workspace.directory("client"), List.of(pool), options.rounds(), report);
            new JobsPart(bench, pool, options.scaled(JOBS_BYTES), options.quick() ? 2 : 10).run();
        }
    }

    private static void measureBesideGluster(Options options, Workspace workspace, Report report)
            throws IOException, InterruptedException {
        System.out.println("measuring: " + Part.GLUSTER);
        try (MortarPool pool = MortarPool.start(options.launcher(), workspace.directory("copies"), "");
                Gluster gluster = Gluster.start(workspace.directory("gluster"))) {
            Bench bench = new Bench(workspace.directory("client"), List.of(pool), options.rounds(), report);
            int smallFiles = Math.toIntExact(options.scaled(SMALL_FILES));
            new GlusterPart(bench, pool, gluster, options.scaled(GIB), smallFiles).run();
        }
    }

    private static void measureFiles(Options options, Workspace workspace, Report report)
            throws IOException, InterruptedException {
        System.out.println("measuring: " + Part.FILES);
        try (MortarPool pool =
                MortarPool.start(options.launcher(), workspace.directory("files"), FilesPart.JAVA_OPTIONS)) {
            Bench bench = new Bench(workspace.directory("client"), List.of(pool), options.rounds(), report);
            new FilesPart(bench, pool, options.files()).run();
        }
    }

    private static void publish(Report report, Map<String, String> machine, Path results) throws IOException {
        String text = report.comparison() + "\n" + report.others() + "\n" + machine + "\n";
        System.out.print("\n" + text);
        Files.writeString(results.resolve("results.txt"), text);
        Files.writeString(results.resolve("results.json"), report.json(machine) + "\n");
        System.out.println("written to " + results);
    }
}
