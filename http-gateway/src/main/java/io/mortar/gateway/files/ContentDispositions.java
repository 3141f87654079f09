package io.mortar.gateway.files;

import io.mortar.gateway.request.PercentCoding;

/** Value of {@code Content-Disposition} for downloads (RFC 6266). */
final class ContentDispositions {
    private ContentDispositions() {}

    /** Tells a browser to save under {@code name}: in full for those that know RFC 8187, in ASCII for others. */
    static String attachment(String name) {
        StringBuilder ascii = new StringBuilder(name.length());
        boolean exact = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%';
            ascii.append(plain ? c : '_');
            exact &= plain;
        }
        String fallback = "attachment; filename=\"" + ascii + "\"";
        return exact ? fallback : fallback + "; filename*=UTF-8''" + PercentCoding.encode(name);
    }
}
