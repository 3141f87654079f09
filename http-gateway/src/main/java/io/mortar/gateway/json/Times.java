package io.mortar.gateway.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the API writes them. */
public final class Times {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code millis} since 1970 as ISO-8601 in UTC, always with milliseconds. */
    public static String iso(long millis) {
        return ISO.format(Instant.ofEpochMilli(millis));
    }
}
