package io.mortar.cli.remote;

import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Percent-encoding of paths (RFC 3986, section 2): everything but unreserved characters is encoded, as UTF-8. */
public final class UrlPath {
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private UrlPath() {}

    /** One segment or query value; its slashes are encoded too. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /** URL path of a file or directory: {@code /files/bt-vol/a%20b/c}. */
    public static String ofFile(VolumeName volume, VolumePath path) {
        return "/files/" + encode(volume.value())
                + path.names().stream().map(UrlPath::encode).collect(Collectors.joining("/", "/", ""));
    }

    /** URL path in the admin API: {@code /api/v1/volumes/bt-vol/start}. */
    public static String ofApi(String... segments) {
        StringBuilder path = new StringBuilder("/api/v1");
        for (String segment : segments) {
            path.append('/').append(encode(segment));
        }
        return path.toString();
    }
}
