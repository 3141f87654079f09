package io.mortar.multijvm.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A PUT over a bare socket that announces more than it sends, so that it can be cut off at a chosen point. */
public final class UnfinishedUpload implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;

    private UnfinishedUpload(Socket socket, OutputStream out) {
        this.socket = socket;
        this.out = out;
    }

    /** Opens a connection to {@code url} and sends the head of a PUT of {@code sizeBytes}. */
    public static UnfinishedUpload begin(URI url, long sizeBytes) throws IOException {
        Socket socket = new Socket(url.getHost(), url.getPort());
        OutputStream out = socket.getOutputStream();
        String head = "PUT " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nContent-Length: "
                + sizeBytes + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return new UnfinishedUpload(socket, out);
    }

    public void send(byte[] part) throws IOException {
        out.write(part);
        out.flush();
    }

    /** Cuts the connection off with a reset, as a client that is killed does. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
