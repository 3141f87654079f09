package io.mortar.benchmarks.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param parts in the order of the enum
 * @param rounds measurements of each quantity
 * @param files how many the files part makes
 * @param directory where servers and clients keep their files during the run
 * @param results where the report goes
 */
record Options(Path launcher, Set<Part> parts, int rounds, boolean quick, int files, Path directory, Path results) {
    static final String USAGE = """
            usage: benchmarks/run.sh [--part NAME]... [--rounds N] [--quick] [--files N] [--dir DIR] [--results DIR]
              --part NAME    transfer, small, ranges, memory, metadata, replica, jobs, gluster or files; may be repeated;
                             all but gluster and files by default
              --rounds N     measurements of each quantity, 5 by default; medians are reported
              --quick        an eighth of the sizes and 3 rounds: to try the benchmark, not to quote it
              --files N      files that the part of that name makes, 1000000 by default
              --dir DIR      servers keep their data below DIR during the run (default: benchmarks/target/run);
                             needs 16 GB of free space, 4 GB with --quick
              --results DIR  gets results.txt, results.json and memory.csv (default: benchmarks/target/results)
            """;

    private static final int FILES = 1_000_000;
    private static final int QUICK_SHARE = 8;

    enum Part {
        TRANSFER(true),
        SMALL(true),
        RANGES(true),
        MEMORY(true),
        METADATA(false),
        REPLICA(false),
        JOBS(false),
        /** Needs root and GlusterFS, and is only measured when it is asked for. */
        GLUSTER(false),
        /** Takes long, and is only measured when it is asked for. */
        FILES(false);

        private final boolean besidePeer;

        Part(boolean besidePeer) {
            this.besidePeer = besidePeer;
        }

        /** Whether it compares with the peer; the other parts have a pool of their own. */
        boolean isBesidePeer() {
            return besidePeer;
        }
    }

    /** Throws {@link IllegalArgumentException} with a text for the user. */
    static Options parse(Path top, String[] arguments) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        int rounds = 0;
        int files = 0;
        boolean quick = false;
        Path directory = top.resolve("benchmarks/target/run");
        Path results = top.resolve("benchmarks/target/results");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--part" -> parts.add(part(value(arguments, ++i)));
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--files" -> files = Integer.parseInt(value(arguments, ++i));
                case "--dir" -> directory = Path.of(value(arguments, ++i)).toAbsolutePath();
                case "--results" -> results = Path.of(value(arguments, ++i)).toAbsolutePath();
                default -> throw new IllegalArgumentException("unknown option '" + arguments[i] + "'");
            }
        }
        int defaultRounds = quick ? 3 : 5;
        int defaultFiles = quick ? FILES / QUICK_SHARE : FILES;
        return new Options(
                top.resolve("mortar"),
                parts.isEmpty() ? EnumSet.complementOf(EnumSet.of(Part.GLUSTER, Part.FILES)) : parts,
                rounds > 0 ? rounds : defaultRounds,
                quick,
                files > 0 ? files : defaultFiles,
                directory,
                results);
    }

    /** {@code full}, or an eighth of it with {@code --quick}. */
    long scaled(long full) {
        return quick ? full / QUICK_SHARE : full;
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException("'" + arguments[index - 1] + "' needs a value");
        }
        return arguments[index];
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown part '" + name + "'"));
    }
}
