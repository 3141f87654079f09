package io.mortar.cli.drill.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A full disk: a file next to the brick takes what is left of its file system, for a while. */
public final class FillFault implements Fault {
    /** Room that others free meanwhile does not end it. */
    private static final long SLACK_BYTES = 512L << 20;

    private final int victim;
    private final Path filler;
    private final long leftBytes;
    private final long fillBytesMax;
    private final Duration time;

    /**
     * @param victim the node whose brick it is
     * @param filler the file that takes the room
     * @param leftBytes what the file system has left when the brick is full
     * @param fillBytesMax larger files are not made: the machine may need the room
     */
    public FillFault(int victim, Path filler, long leftBytes, long fillBytesMax, Duration time) {
        this.victim = victim;
        this.filler = filler;
        this.leftBytes = leftBytes;
        this.fillBytesMax = fillBytesMax;
        this.time = time;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.FILL;
    }

    @Override
    public int victim(int node) {
        return victim;
    }

    @Override
    public String strike(int node) throws IOException, InterruptedException {
        long wantedBytes = usableBytes() - leftBytes + SLACK_BYTES;
        if (wantedBytes > fillBytesMax) {
            return "not filled: that would take " + (wantedBytes >> 20) + " MiB, more than " + (fillBytesMax >> 20)
                    + " MiB";
        }
        try {
            allocate(Math.max(SLACK_BYTES, wantedBytes));
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            return "full for " + time.toSeconds() + " s, by a file of " + (wantedBytes >> 20) + " MiB";
        } finally {
            Files.deleteIfExists(filler);
        }
    }

    /** By the tool of that name: it takes room without writing it, which no call of Java does. */
    private void allocate(long bytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("fallocate", "-l", Long.toString(bytes), filler.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("cannot make a file of " + bytes + " bytes: fallocate " + filler + " failed");
        }
    }

    private long usableBytes() throws IOException {
        return Files.getFileStore(filler.toAbsolutePath().getParent()).getUsableSpace();
    }
}
