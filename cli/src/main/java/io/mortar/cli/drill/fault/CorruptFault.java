package io.mortar.cli.drill.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A disk that gives back other bytes than were written: one byte is flipped in each of several chunk files of a brick. The same chunk is
 * never damaged on two bricks, since no store survives that; copies of a chunk have the same file name.
 */
public final class CorruptFault implements Fault {
    private final Victims victims;
    private final Sweep sweep;
    private final int chunksMax;
    private final Random random;
    private final Set<String> damaged = new HashSet<>();

    /** Has all files read through a node, so that what is damaged on its own brick is found. */
    public interface Sweep {
        void readAll(int node);
    }

    /** @param seed which files, and where in them */
    public CorruptFault(Victims victims, Sweep sweep, int chunksMax, long seed) {
        this.victims = victims;
        this.sweep = sweep;
        this.chunksMax = chunksMax;
        this.random = new Random(seed);
    }

    @Override
    public FaultKind kind() {
        return FaultKind.CORRUPT;
    }

    @Override
    public String strike(int node) throws IOException {
        List<Path> chunks = new ArrayList<>(chunkFiles(victims.brick(node).resolve("chunks")));
        Collections.shuffle(chunks, random);
        int count = 0;
        for (Path chunk : chunks) {
            if (count < chunksMax && damaged.add(chunk.getFileName().toString()) && flip(chunk)) {
                count++;
            }
        }
        sweep.readAll(node);
        return "a byte flipped in " + count + " chunk files, then all files read through it";
    }

    /** A file that vanishes meanwhile was deleted by the store: files of the load come and go. */
    private boolean flip(Path chunk) throws IOException {
        try (FileChannel file = FileChannel.open(chunk, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (file.size() == 0) {
                return false;
            }
            long place = random.nextLong(file.size());
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, place);
            one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8))));
            file.write(one.flip(), place);
            file.force(false);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static List<Path> chunkFiles(Path root) throws IOException {
        while (true) {
            try (Stream<Path> tree =
                    Files.find(root, Integer.MAX_VALUE, (path, attributes) -> attributes.isRegularFile())) {
                return tree.sorted().toList();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            }
        }
    }
}
