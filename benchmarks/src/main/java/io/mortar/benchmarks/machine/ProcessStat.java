package io.mortar.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time and memory of processes, from {@code /proc}. */
public final class ProcessStat {
    /** Fixed in the kernel's interface to programs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 13;
    private static final int SYSTEM_TIME = 14;

    private ProcessStat() {}

    /** User and system time that {@code pids} have used together since they started, in seconds. */
    public static double cpuSeconds(List<Long> pids) throws IOException {
        double seconds = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The command's name is in parentheses and may hold spaces; the fields after it do not.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            seconds += (Long.parseLong(fields[USER_TIME - 2]) + Long.parseLong(fields[SYSTEM_TIME - 2]))
                    / TICKS_PER_SECOND;
        }
        return seconds;
    }

    /** Resident memory of {@code pid} in bytes. */
    public static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("process " + pid + " has no VmRSS: it is gone");
    }
}
