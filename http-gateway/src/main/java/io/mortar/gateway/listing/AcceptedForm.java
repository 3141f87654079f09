package io.mortar.gateway.listing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form of an answer that can be JSON or HTML: JSON for those who ask for it, HTML for all others. */
public enum AcceptedForm {
    HTML,
    JSON;

    /** JSON when {@code accept} names it and prefers it to HTML or does not name HTML; wildcards name neither. */
    public static AcceptedForm of(@Nullable String accept) {
        if (accept == null) {
            return HTML;
        }
        double json = -1;
        double html = -1;
        for (String range : accept.split(",")) {
            int semicolon = range.indexOf(';');
            String type = (semicolon < 0 ? range : range.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            if (type.equals("application/json")) {
                json = Math.max(json, quality(range));
            } else if (type.equals("text/html")) {
                html = Math.max(html, quality(range));
            }
        }
        return json > 0 && json >= html ? JSON : HTML;
    }

    private static double quality(String range) {
        for (String parameter : range.split(";")) {
            String text = parameter.strip();
            if (text.startsWith("q=") || text.startsWith("Q=")) {
                try {
                    return Double.parseDouble(text.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
