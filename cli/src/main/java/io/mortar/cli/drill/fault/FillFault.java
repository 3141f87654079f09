package io.mortar.cli.drill.fault;

import io.mortar.cli.drill.load.Pace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A full disk: a file next to the brick takes what is left of its file system, for a while. */
public final class FillFault implements Fault {
    private static final int PIECE_BYTES = 1 << 20;
    private static final Duration FULL_MAX = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 250;

    private final int victim;
    private final Room room;
    private final BooleanSupplier full;
    private final Pace pace;
    private final Duration time;

    /**
     * What is filled.
     *
     * @param filler the file that takes the room
     * @param leftBytes what the file system has left when the brick is full
     * @param slackBytes taken beyond that: room that others free meanwhile does not end it
     * @param fillBytesMax larger files are not made: the machine may need the room
     */
    public record Room(Path filler, long leftBytes, long slackBytes, long fillBytesMax) {}

    /**
     * @param victim the node whose brick it is
     * @param full whether the pool says that the brick is full
     * @param time for which it stays full
     */
    public FillFault(int victim, Room room, BooleanSupplier full, Pace pace, Duration time) {
        this.victim = victim;
        this.room = room;
        this.full = full;
        this.pace = pace;
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
        long fillBytes = room.slackBytes() + Math.max(0, usableBytes() - room.leftBytes());
        if (fillBytes > room.fillBytesMax()) {
            return "not filled: that would take " + (fillBytes >> 20) + " MiB, more than " + (room.fillBytesMax() >> 20)
                    + " MiB";
        }
        try {
            take(fillBytes);
            long began = pace.nanos();
            while (!full.getAsBoolean()) {
                if (pace.nanos() - began > FULL_MAX.toNanos()) {
                    return "not full " + FULL_MAX.toSeconds() + " s after a file of " + (fillBytes >> 20)
                            + " MiB was made";
                }
                pace.pause(LOOK_MILLIS);
            }
            pace.pause(time.toMillis());
            return "full for " + time.toSeconds() + " s, by a file of " + (fillBytes >> 20) + " MiB";
        } finally {
            Files.deleteIfExists(room.filler());
        }
    }

    /** By the tool that takes room without writing it, which no call of Java does; not every file system can. */
    private void take(long bytes) throws IOException, InterruptedException {
        ProcessBuilder fallocate = new ProcessBuilder(
                        "fallocate", "-l", Long.toString(bytes), room.filler().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            if (fallocate.start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            // There is no such tool.
            write(bytes);
            return;
        }
        write(bytes);
    }

    private void write(long bytes) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        new Random(bytes).nextBytes(piece);
        try (FileChannel file = FileChannel.open(
                room.filler(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= PIECE_BYTES) {
                ByteBuffer next = ByteBuffer.wrap(piece, 0, (int) Math.min(left, PIECE_BYTES));
                while (next.hasRemaining()) {
                    file.write(next);
                }
            }
        }
    }

    private long usableBytes() throws IOException {
        return Files.getFileStore(room.filler().toAbsolutePath().getParent()).getUsableSpace();
    }
}
