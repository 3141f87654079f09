package io.mortar.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** One HTTP/1.1 connection that is kept open. For use by one thread. */
public final class Connection implements AutoCloseable {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;

    /** A connection that waits a minute for an answer. */
    public Connection(URI server) throws IOException {
        this(server, TIMEOUT);
    }

    /** A connection that waits for {@code timeout} to be made, and for each part of an answer. */
    public Connection(URI server, Duration timeout) throws IOException {
        int timeoutMillis = Math.toIntExact(timeout.toMillis());
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), timeoutMillis);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends {@code request} and reads the whole answer; throws {@link UnexpectedAnswer} when it is not what the request demands. */
    public void exchange(Request request) throws IOException {
        out.write(request.bytes());
        int headBytes = readHead();
        String head = new String(buffer, 0, headBytes, StandardCharsets.ISO_8859_1);
        int status = Integer.parseInt(head.substring(9, 12));
        long bodyBytes = status == 204 ? 0 : contentLength(head);
        skipBody(headBytes, bodyBytes);
        boolean asDemanded =
                request.statuses().contains(status) && (!request.checksBody() || bodyBytes == request.bodyBytes());
        if (!asDemanded) {
            throw new UnexpectedAnswer(status, "unexpected answer of " + bodyBytes + " bytes: " + head);
        }
    }

    /** Reads until the empty line that ends a head; returns the head's size. */
    private int readHead() throws IOException {
        filled = 0;
        int searched = 0;
        while (true) {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count <= 0) {
                throw new EOFException("the server closed the connection after " + filled + " bytes of an answer");
            }
            filled += count;
            for (int i = searched; i + 3 < filled; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    return i + 4;
                }
            }
            searched = Math.max(0, filled - 3);
        }
    }

    static long contentLength(String head) throws IOException {
        int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
        if (at < 0) {
            throw new IOException("an answer without Content-Length: " + head);
        }
        int begin = at + "\r\ncontent-length:".length();
        return Long.parseLong(head.substring(begin, head.indexOf('\r', begin)).trim());
    }

    private void skipBody(int headBytes, long bodyBytes) throws IOException {
        long left = bodyBytes - (filled - headBytes);
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the server closed the connection " + left + " bytes before the end of a body");
            }
            left -= count;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
