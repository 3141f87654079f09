package io.mortar.gateway.listing;

import java.util.Locale;

/** Pieces of the plain pages that the gateway makes itself. */
public final class Html {
    /** For these pages only: no scripts, nothing from elsewhere. */
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}"
                    + "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .8rem .2rem 0}"
                    + "td.n,th.n{text-align:right}tr:hover td{background:#8882}a{text-decoration:none}:root{color-scheme:light dark}";

    private Html() {}

    /** A page; {@code title} is escaped here, {@code body} is markup. */
    public static String page(String title, String body) {
        String escaped = escape(title);
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + escaped + "</title><style>" + STYLE
                + "</style></head>\n<body><h1>" + escaped + "</h1>\n" + body + "</body></html>\n";
    }

    /** {@code text} for use between tags or inside a quoted attribute. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A size for people, such as {@code 3.4 MiB}. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < 4) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGTP".charAt(unit));
    }
}
