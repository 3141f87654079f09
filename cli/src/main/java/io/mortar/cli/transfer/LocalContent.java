package io.mortar.cli.transfer;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** A local file as it is now: reading it fails if its size or time of change is another one by then. */
record LocalContent(Path path, long sizeBytes, FileTime modified) implements Content {
    static LocalContent of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw CommandFailedException.failed("cannot read " + path
                        + ": it is neither a file nor a directory. A pipe can be read as '-': mortar put - VOL:/name < "
                        + path);
            }
            return new LocalContent(path, attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot read " + path + ": " + e.getMessage());
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new UnchangedStream(Files.newInputStream(path));
    }

    /** Checks before it hands out the last bytes, since the receiver takes the file for complete when it has them all. */
    private final class UnchangedStream extends FilterInputStream {
        private long leftBytes = sizeBytes;

        UnchangedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (leftBytes == 0) {
                return -1;
            }
            int count = super.read(target, offset, (int) Math.min(length, leftBytes));
            if (count < 0) {
                throw changed();
            }
            leftBytes -= count;
            if (leftBytes == 0) {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                if (now.size() != sizeBytes || !now.lastModifiedTime().equals(modified)) {
                    throw changed();
                }
            }
            return count;
        }

        private IOException changed() {
            return new IOException("the file " + path + " changed while it was read; try again when it is at rest");
        }
    }
}
