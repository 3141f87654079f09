package io.mortar.gateway.request;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawRequestURI;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the gateway heeds, found in one pass over a request's headers. A header that was sent several times is one list, as
 * RFC 9110, section 5.3 has it.
 */
public final class RequestHeaders {
    /** A header that the gateway heeds. */
    public enum Name {
        ACCEPT,
        CONTENT_DIGEST,
        CONTENT_ENCODING,
        CONTENT_MD5,
        CONTENT_RANGE,
        DESTINATION,
        EXPECT,
        HOST,
        IF_MATCH,
        IF_MODIFIED_SINCE,
        IF_NONE_MATCH,
        IF_RANGE,
        IF_UNMODIFIED_SINCE,
        OVERWRITE,
        RANGE,
        RAW_REQUEST_URI,
        REPR_DIGEST
    }

    private final Map<Name, String> values;

    private RequestHeaders(Map<Name, String> values) {
        this.values = values;
    }

    /** The headers of {@code request}. */
    public static RequestHeaders of(HttpRequest request) {
        Map<Name, String> values = new EnumMap<>(Name.class);
        for (HttpHeader header : request.getHeaders()) {
            Name name = nameOf(header.lowercaseName());
            if (name == Name.RAW_REQUEST_URI && !(header instanceof RawRequestURI)) {
                // The real one is put there by the HTTP server; a client that sends one wants to be taken for another
                // request.
                continue;
            }
            if (name != null) {
                values.merge(name, header.value(), (first, next) -> first + ", " + next);
            }
        }
        return new RequestHeaders(values);
    }

    /** The header's value; null when it was not sent. */
    public @Nullable String get(Name name) {
        return values.get(name);
    }

    public boolean has(Name name) {
        return values.containsKey(name);
    }

    private static @Nullable Name nameOf(String lowercase) {
        return switch (lowercase) {
            case "accept" -> Name.ACCEPT;
            case "content-digest" -> Name.CONTENT_DIGEST;
            case "content-encoding" -> Name.CONTENT_ENCODING;
            case "content-md5" -> Name.CONTENT_MD5;
            case "content-range" -> Name.CONTENT_RANGE;
            case "destination" -> Name.DESTINATION;
            case "expect" -> Name.EXPECT;
            case "host" -> Name.HOST;
            case "if-match" -> Name.IF_MATCH;
            case "if-modified-since" -> Name.IF_MODIFIED_SINCE;
            case "if-none-match" -> Name.IF_NONE_MATCH;
            case "if-range" -> Name.IF_RANGE;
            case "if-unmodified-since" -> Name.IF_UNMODIFIED_SINCE;
            case "overwrite" -> Name.OVERWRITE;
            case "range" -> Name.RANGE;
            case "raw-request-uri" -> Name.RAW_REQUEST_URI;
            case "repr-digest" -> Name.REPR_DIGEST;
            default -> null;
        };
    }
}
