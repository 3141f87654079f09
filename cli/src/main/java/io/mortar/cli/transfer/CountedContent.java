package io.mortar.cli.transfer;

import io.mortar.cli.remote.Content;
import io.mortar.cli.terminal.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is read; another thread than the one that opened it may read. */
final class CountedContent implements Content {
    private final Content content;
    private final Progress progress;
    private final AtomicLong movedBytes = new AtomicLong();

    CountedContent(Content content, Progress progress) {
        this.content = content;
        this.progress = progress;
    }

    long movedBytes() {
        return movedBytes.get();
    }

    @Override
    public long sizeBytes() {
        return content.sizeBytes();
    }

    @Override
    public InputStream open() throws IOException {
        return new FilterInputStream(content.open()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count > 0) {
                    movedBytes.addAndGet(count);
                    progress.moved(count);
                }
                return count;
            }
        };
    }
}
