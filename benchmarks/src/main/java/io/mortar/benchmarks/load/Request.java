package io.mortar.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A request as it goes over the wire, and what its answer must be.
 *
 * @param bytes head and body
 * @param statuses accepted status codes
 * @param bodyBytes size that the answer's body must have
 */
public record Request(byte[] bytes, Set<Integer> statuses, int bodyBytes) {
    public static Request put(String path, byte[] content) {
        byte[] head = head("PUT", path, "Content-Length: " + content.length + "\r\n");
        byte[] bytes = new byte[head.length + content.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(content, 0, bytes, head.length, content.length);
        return new Request(bytes, Set.of(201, 204), 0);
    }

    /** A new directory. */
    public static Request mkcol(String path) {
        return new Request(head("MKCOL", path, "Content-Length: 0\r\n"), Set.of(201), 0);
    }

    /** A copy of {@code from}, made by the server. */
    public static Request copy(String from, String to) {
        return new Request(head("COPY", from, "Destination: " + to + "\r\nContent-Length: 0\r\n"), Set.of(201, 204), 0);
    }

    public static Request get(String path, int sizeBytes) {
        return new Request(head("GET", path, ""), Set.of(200), sizeBytes);
    }

    /** The {@code sizeBytes} bytes from {@code offset}. */
    public static Request range(String path, long offset, int sizeBytes) {
        String range = "Range: bytes=" + offset + "-" + (offset + sizeBytes - 1) + "\r\n";
        return new Request(head("GET", path, range), Set.of(206), sizeBytes);
    }

    private static byte[] head(String method, String path, String headers) {
        return (method + " " + path + " HTTP/1.1\r\nHost: benchmark\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether an answer's body is wanted at all: that of a PUT may be anything. */
    boolean checksBody() {
        return bodyBytes > 0;
    }
}
