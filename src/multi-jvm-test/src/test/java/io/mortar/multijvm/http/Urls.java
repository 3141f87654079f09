package io.mortar.multijvm.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** URLs of files. */
public final class Urls {
    private Urls() {}

    /** URL of {@code path}, such as {@code music/a b.ogg}, in {@code volume} on the node at {@code base}. */
    public static URI file(URI base, String volume, String path) {
        return base.resolve("/files/" + volume + "/" + encoded(path));
    }

    /** {@code path} percent-encoded segment by segment. */
    static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
