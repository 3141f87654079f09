package io.mortar.cli.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP/1.1 answer with a small body. */
record RawAnswer(int status, HttpHeaders headers, byte[] body) {
    private static final int LINE_BYTES_MAX = 16 * 1024;
    private static final int HEADERS_MAX = 200;
    private static final int BODY_BYTES_MAX = 64 * 1024;

    /** Reads one answer, an interim one (1xx) included. */
    static RawAnswer read(InputStream in) throws IOException {
        String[] start = line(in).split(" ", 3);
        if (start.length < 2 || !start[0].startsWith("HTTP/1.") || !start[1].matches("\\d{3}")) {
            throw new IOException("this is not HTTP: '" + String.join(" ", start) + "'");
        }
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || fields.size() == HEADERS_MAX) {
                throw new IOException("this is not an HTTP header: '" + line + "'");
            }
            fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(start[1]);
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        boolean withoutBody = status < 200 || status == 204;
        return new RawAnswer(status, headers, withoutBody ? new byte[0] : body(in, headers));
    }

    private static byte[] body(InputStream in, HttpHeaders headers) throws IOException {
        long lengthBytes = headers.firstValueAsLong("Content-Length").orElse(BODY_BYTES_MAX);
        return in.readNBytes((int) Math.min(lengthBytes, BODY_BYTES_MAX));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed before an answer");
            }
            if (line.length() == LINE_BYTES_MAX) {
                throw new IOException("a line of the answer is longer than " + LINE_BYTES_MAX + " bytes");
            }
            line.append((char) b);
        }
        int length = line.length();
        boolean withReturn = length > 0 && line.charAt(length - 1) == '\r';
        byte[] bytes = line.substring(0, withReturn ? length - 1 : length).getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
