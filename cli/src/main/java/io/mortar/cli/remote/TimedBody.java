package io.mortar.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream whose reads fail when nothing arrives for a while: the HTTP client's own timeout ends with the
 * headers. At most two batches of buffers are held. Read by one thread.
 */
final class TimedBody extends InputStream implements BodySubscriber<InputStream> {
    private static final List<ByteBuffer> LAST = List.of();
    private static final int BATCHES_AHEAD = 2;

    private final Duration stallMax;
    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;
    private boolean ended;

    TimedBody(Duration stallMax) {
        this.stallMax = stallMax;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(BATCHES_AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable throwable) {
        failure = throwable;
        arrived.add(LAST);
    }

    @Override
    public void onComplete() {
        arrived.add(LAST);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            ByteBuffer head = current.peek();
            if (head == null) {
                fill();
            } else if (head.hasRemaining()) {
                int count = Math.min(length, head.remaining());
                head.get(target, offset, count);
                return count;
            } else {
                current.remove();
            }
        }
        return -1;
    }

    @Override
    public void close() {
        ended = true;
        Flow.Subscription cancelled = subscription;
        if (cancelled != null) {
            cancelled.cancel();
        }
    }

    private void fill() throws IOException {
        List<ByteBuffer> next;
        try {
            next = arrived.poll(stallMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (next == null) {
            close();
            throw new StalledException("no byte arrived for " + stallMax.toSeconds() + " s");
        }
        if (next == LAST) {
            ended = true;
            Throwable cause = failure;
            if (cause != null) {
                throw new IOException(cause.getMessage(), cause);
            }
            return;
        }
        current.addAll(next);
        Flow.Subscription more = subscription;
        if (more != null) {
            more.request(1);
        }
    }
}
