package io.mortar.gateway.request;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target of a request exactly as the client sent it: nothing was decoded, normalised or cut off, so a {@code ..} that a server
 * would fold away is still seen.
 *
 * @param path encoded, with its leading slash
 * @param query encoded, without the question mark; empty when there is none
 */
public record RequestTarget(String path, String query) {
    /** Splits {@code target}, in origin form or absolute form (RFC 9112, section 3.2); fragments are not part of a target. */
    public static RequestTarget parse(String target) {
        String origin = target.startsWith("/") ? target : withoutAuthority(target);
        int question = origin.indexOf('?');
        return question < 0
                ? new RequestTarget(origin, "")
                : new RequestTarget(origin.substring(0, question), origin.substring(question + 1));
    }

    private static String withoutAuthority(String target) {
        int authority = target.indexOf("://");
        if (authority < 0) {
            throw new RefusedException(RefusalCode.BAD_PATH, "the request's target '" + target + "' is not a path");
        }
        int path = target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    /** Whether the path ends in a slash, which says that a directory is meant. */
    public boolean endsWithSlash() {
        return path.endsWith("/");
    }

    /**
     * The decoded segments of the path after {@code prefix}, which ends in a slash; one trailing slash is ignored. Refused with
     * BAD_PATH: broken escapes, invalid UTF-8, encoded slashes, empty segments, {@code .} and {@code ..}, NUL.
     */
    public List<String> segmentsAfter(String prefix) {
        String rest = path.substring(prefix.length());
        if (rest.isEmpty()) {
            return List.of();
        }
        List<String> segments = new ArrayList<>();
        for (String encoded : (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1)) {
            segments.add(segment(encoded));
        }
        return segments;
    }

    private String segment(String encoded) {
        String segment;
        try {
            segment = PercentCoding.decode(encoded);
        } catch (IllegalArgumentException e) {
            throw badPath(String.valueOf(e.getMessage()));
        }
        if (segment.isEmpty()) {
            throw badPath("it has an empty segment");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw badPath("it has a segment '" + segment + "'");
        }
        if (segment.indexOf('/') >= 0) {
            throw badPath("it has an encoded slash");
        }
        if (segment.indexOf('\0') >= 0) {
            throw badPath("it has a NUL");
        }
        return segment;
    }

    /**
     * The decoded value of a query parameter, empty text when it has none; the first one counts. Refused with BAD_REQUEST when it
     * cannot be decoded.
     */
    public Optional<String> parameter(String name) {
        if (query.isEmpty()) {
            return Optional.empty();
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                return Optional.of(equals < 0 ? "" : value(name, pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /** Whether a parameter is there and does not say {@code false}. */
    public boolean flag(String name) {
        return !query.isEmpty()
                && parameter(name).filter(v -> !v.equals("false")).isPresent();
    }

    private static String value(String name, String encoded) {
        try {
            return PercentCoding.decode(encoded.replace("+", "%20"));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST, "cannot read the query parameter '" + name + "': " + e.getMessage());
        }
    }

    private RefusedException badPath(String reason) {
        return new RefusedException(
                RefusalCode.BAD_PATH,
                "the path '" + path + "' is refused: " + reason + ": use percent-encoded UTF-8 names");
    }
}
