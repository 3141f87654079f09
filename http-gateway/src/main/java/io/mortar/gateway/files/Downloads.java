package io.mortar.gateway.files;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Streams of content on their way to a client. */
final class Downloads {
    /** Size of the socket buffers of the HTTP server: a larger element is copied in pieces of this size, and then only held longer. */
    static final int ELEMENT_BYTES_MAX = 256 * 1024;

    private Downloads() {}

    /** {@code content} in elements of at most {@link #ELEMENT_BYTES_MAX}; nothing is copied. */
    static Source<ByteString, NotUsed> sliced(Source<ByteString, NotUsed> content) {
        return content.mapConcat(Downloads::slices);
    }

    private static List<ByteString> slices(ByteString bytes) {
        if (bytes.size() <= ELEMENT_BYTES_MAX) {
            return List.of(bytes);
        }
        List<ByteString> slices = new ArrayList<>(bytes.size() / ELEMENT_BYTES_MAX + 1);
        for (int from = 0; from < bytes.size(); from += ELEMENT_BYTES_MAX) {
            slices.add(bytes.slice(from, Math.min(from + ELEMENT_BYTES_MAX, bytes.size())));
        }
        return slices;
    }
}
