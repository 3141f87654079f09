package io.mortar.cli.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write and read them; units are powers of 1024. */
public final class ByteSize {
    private static final String UNITS = "KMGTPE";
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,15})\\s*(?:([KMGT])(?:i?B)?|B)?", Pattern.CASE_INSENSITIVE);

    private ByteSize() {}

    /** Parses {@code 1MiB}, {@code 1M}, {@code 64k}, {@code 4096}; throws {@link IllegalArgumentException} with a text for the user. */
    public static long parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 1MiB, 64KiB or 65536");
        }
        String unit = matcher.group(2);
        int shift = unit == null ? 0 : 10 * (UNITS.indexOf(unit.toUpperCase(Locale.ROOT)) + 1);
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        return number << shift;
    }

    /** As {@code df -h} writes it: {@code 512}, {@code 1.5K}, {@code 97M}, {@code 1.0G}; rounded up, so nothing looks smaller than it is. */
    public static String human(long bytes) {
        if (bytes < 1024) {
            return Long.toString(bytes);
        }
        int unit = 0;
        double scaled = bytes / 1024.0;
        while (unit < UNITS.length() - 1 && rounded(scaled) >= 1024) {
            scaled /= 1024;
            unit++;
        }
        double shown = rounded(scaled);
        return String.format(Locale.ROOT, shown < 10 ? "%.1f%c" : "%.0f%c", shown, UNITS.charAt(unit));
    }

    /** Exact where it can be: {@code 1MiB}, {@code 64KiB}; otherwise bytes. */
    public static String exact(long bytes) {
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes > 0 && bytes % 1024 == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }

    private static double rounded(double scaled) {
        double tenths = Math.ceil(scaled * 10) / 10;
        return tenths < 10 ? tenths : Math.ceil(scaled);
    }
}
