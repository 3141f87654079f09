package io.mortar.core.volume;

import java.util.regex.Pattern;

/** The name of a volume: 1 to 63 of {@code A-Z a-z 0-9 . _ -}, starting with a letter or digit. */
public record VolumeName(String value) implements Comparable<VolumeName> {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public VolumeName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "volume name '" + value
                            + "' is not valid: use 1 to 63 of letters, digits, '.', '_' and '-', starting with a letter or digit");
        }
    }

    /** Whether {@code text} can be a volume name. */
    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    @Override
    public int compareTo(VolumeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
