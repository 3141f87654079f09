package io.mortar.cli.remote;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One PUT on a connection of its own. Java's HTTP client is not used for it because before Java 20 it hangs when a server refuses
 * {@code Expect: 100-continue} (JDK-8286171), and because it reads an answer only after it has sent the whole body.
 */
final class PutExchange implements Closeable {
    private static final long ASK_FIRST_BYTES = 1 << 20;
    private static final int CONTINUE_WAIT_MILLIS = 5_000;
    private static final int BLOCK_BYTES = 256 * 1024;

    private final URI base;
    private final int timeoutMillis;
    private final Socket socket = new Socket();
    private final AtomicLong movedNanos = new AtomicLong(System.nanoTime());

    /** @param timeout for the connection and for the answer after the last byte */
    PutExchange(URI base, Duration timeout) {
        this.base = base;
        this.timeoutMillis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    }

    /** When the last byte moved, by {@link System#nanoTime}. */
    long movedNanos() {
        return movedNanos.get();
    }

    /** Sends {@code content} and returns the final answer; a refusal may come before all of it was sent. */
    RawAnswer run(String target, Content content) throws IOException {
        connect();
        OutputStream out = socket.getOutputStream();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        long sizeBytes = content.sizeBytes();
        boolean askFirst = sizeBytes < 0 || sizeBytes >= ASK_FIRST_BYTES;
        out.write(head(target, sizeBytes, askFirst).getBytes(StandardCharsets.US_ASCII));
        if (askFirst && answerBegins(in)) {
            RawAnswer first = RawAnswer.read(in);
            if (first.status() >= 200) {
                return first;
            }
        }
        try (InputStream source = open(content)) {
            Optional<RawAnswer> early =
                    sizeBytes < 0 ? sendChunks(source, out, in) : sendBytes(source, sizeBytes, out, in);
            if (early.isPresent()) {
                return early.get();
            }
        }
        movedNanos.set(System.nanoTime());
        return finalAnswer(in);
    }

    /** Breaks the exchange off; a file of which not all was sent stays invisible. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void connect() throws IOException {
        InetSocketAddress address = new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
        if (address.isUnresolved()) {
            throw new UnknownHostException("no address is known for " + base.getHost());
        }
        socket.connect(address, timeoutMillis);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(timeoutMillis);
    }

    private String head(String target, long sizeBytes, boolean askFirst) {
        return "PUT " + target + " HTTP/1.1\r\nHost: " + base.getRawAuthority() + "\r\nUser-Agent: mortar\r\n"
                + (sizeBytes < 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + sizeBytes + "\r\n")
                + (askFirst ? "Expect: 100-continue\r\n" : "") + "Connection: close\r\n\r\n";
    }

    /** Whether an answer arrives soon; a server that knows no 100 Continue waits for the body. */
    private boolean answerBegins(InputStream in) throws IOException {
        socket.setSoTimeout(Math.min(timeoutMillis, CONTINUE_WAIT_MILLIS));
        try {
            in.mark(1);
            in.read();
            in.reset();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(timeoutMillis);
        }
    }

    private static RawAnswer finalAnswer(InputStream in) throws IOException {
        RawAnswer answer = RawAnswer.read(in);
        while (answer.status() < 200) {
            answer = RawAnswer.read(in);
        }
        return answer;
    }

    /** The final answer, if it is here already; a late 100 Continue is none. */
    private static Optional<RawAnswer> answerSoFar(InputStream in) throws IOException {
        while (in.available() > 0) {
            RawAnswer answer = RawAnswer.read(in);
            if (answer.status() >= 200) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /** Returns the answer if one came before the end. */
    private Optional<RawAnswer> sendBytes(InputStream source, long sizeBytes, OutputStream out, InputStream in)
            throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long leftBytes = sizeBytes;
        while (leftBytes > 0) {
            int count = read(source, block, (int) Math.min(leftBytes, block.length));
            if (count < 0) {
                throw new SourceFailedException(leftBytes + " of " + sizeBytes + " bytes are missing at its end", null);
            }
            out.write(block, 0, count);
            leftBytes -= count;
            movedNanos.set(System.nanoTime());
            Optional<RawAnswer> answer = leftBytes > 0 ? answerSoFar(in) : Optional.empty();
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<RawAnswer> sendChunks(InputStream source, OutputStream out, InputStream in) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        for (int count = read(source, block, block.length); count >= 0; count = read(source, block, block.length)) {
            if (count > 0) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(block, 0, count);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            movedNanos.set(System.nanoTime());
            Optional<RawAnswer> answer = answerSoFar(in);
            if (answer.isPresent()) {
                return answer;
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return Optional.empty();
    }

    private static InputStream open(Content content) throws SourceFailedException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new SourceFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static int read(InputStream source, byte[] block, int length) throws SourceFailedException {
        try {
            return source.read(block, 0, length);
        } catch (IOException e) {
            throw new SourceFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
