package io.mortar.cli.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** A file under a temporary name beside its target; gone again unless it was completed, also when the process is interrupted. */
final class PartFile implements AutoCloseable {
    private final Path part;
    private final Path target;
    private final OutputStream out;
    private final Thread onExit;

    private PartFile(Path part, Path target, OutputStream out) {
        this.part = part;
        this.target = target;
        this.out = out;
        this.onExit = new Thread(() -> part.toFile().delete(), "remove-part-file");
    }

    static PartFile beside(Path target) throws IOException {
        String name = ".mortar-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part";
        Path part = target.resolveSibling(name);
        OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        PartFile file = new PartFile(part, target, out);
        Runtime.getRuntime().addShutdownHook(file.onExit);
        return file;
    }

    OutputStream out() {
        return out;
    }

    /** Gives the file its name, in one step. */
    void complete() throws IOException {
        out.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs, and finds nothing to remove.
            return;
        }
    }
}
