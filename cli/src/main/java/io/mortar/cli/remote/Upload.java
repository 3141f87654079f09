package io.mortar.cli.remote;

import io.mortar.cli.failure.CommandFailedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One whole-file write. Given up when no byte moves for the node's timeout; what was sent until then stays invisible, since the node
 * shows a file only when all of it arrived.
 */
final class Upload {
    private static final long ASK_FIRST_BYTES = 1 << 20;
    private static final long LOOK_MILLIS = 200;

    private final NodeClient node;
    private final RemotePath path;
    private final Content content;
    private final String attempt;
    private final AtomicLong movedNanos = new AtomicLong(System.nanoTime());

    Upload(NodeClient node, RemotePath path, Content content) {
        this.node = node;
        this.path = path;
        this.content = content;
        this.attempt = "write " + path;
    }

    void run() {
        HttpRequest.Builder request = node.request(path.url()).PUT(publisher());
        // A refusal (no such volume, no space) then comes before the bytes are sent.
        request.expectContinue(content.sizeBytes() < 0 || content.sizeBytes() >= ASK_FIRST_BYTES);
        CompletableFuture<HttpResponse<byte[]>> sent =
                node.http().sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = await(sent);
            if (response.statusCode() >= 300) {
                throw Problem.of(response).asFailure(attempt, node.base());
            }
        } catch (IOException e) {
            throw node.unreachable(attempt, e);
        } catch (InterruptedException e) {
            throw NodeClient.interrupted(attempt);
        } finally {
            sent.cancel(true);
        }
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> sent)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return sent.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - movedNanos.get() > node.timeout().toNanos()) {
                    throw CommandFailedException.incomplete(
                            "cannot " + attempt + ": " + node.base()
                                    + " took no byte and gave no answer for "
                                    + node.timeout().toSeconds()
                                    + " s; whether the file is there is not known.\nSee 'mortar pool status', or wait longer with --timeout.");
                }
            } catch (ExecutionException e) {
                throw asFailure(e);
            }
        }
    }

    private IOException asFailure(ExecutionException e) {
        @Nullable Throwable cause = e.getCause();
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof CommandFailedException failed) {
                throw failed;
            }
            if (t instanceof SourceFailedException failed) {
                throw CommandFailedException.failed(
                        "cannot " + attempt + ": " + failed.getMessage() + "\nNothing was written.");
            }
        }
        return cause instanceof IOException io ? io : new IOException(e);
    }

    private BodyPublisher publisher() {
        if (content.sizeBytes() == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(this::openContent);
        return content.sizeBytes() < 0 ? stream : BodyPublishers.fromPublisher(stream, content.sizeBytes());
    }

    private InputStream openContent() {
        try {
            return new WatchedStream(content.open());
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
    }

    /** Notes that bytes move, and makes a failed read fail the upload: the HTTP client may take an IOException for the end. */
    private final class WatchedStream extends FilterInputStream {
        WatchedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                int count = super.read(target, offset, length);
                movedNanos.set(System.nanoTime());
                return count;
            } catch (IOException e) {
                throw new SourceFailedException(e);
            }
        }
    }

    private static final class SourceFailedException extends UncheckedIOException {
        SourceFailedException(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
