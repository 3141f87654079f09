package io.mortar.gateway.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection on which a test says exactly which bytes are sent, and sees exactly which come back. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;

    RawConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the lines, each with its end, and an empty one after them. */
    public RawConnection head(String... lines) throws IOException {
        return bytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection bytes(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /** The head of the next answer. */
    public String answerHead() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** The next answer, whose body has a {@code Content-Length}. */
    public String answer() throws IOException {
        String head = answerHead();
        int at = head.indexOf("Content-Length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** {@link #answer}, or an exception when none has begun in time. */
    public String answerWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        return answer();
    }

    /** Everything up to the end of the connection; fails with an exception when it is reset. */
    public byte[] rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(rest);
        return rest.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
