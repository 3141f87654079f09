package io.mortar.core.pool;

import java.util.regex.Pattern;

/** The name people call a node by, such as {@code bt1}: 1 to 63 of {@code a-z 0-9 . -}, starting with a letter or digit. */
public record NodeName(String value) implements Comparable<NodeName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    public NodeName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("node name '" + value
                    + "' is not valid: use 1 to 63 of a-z, 0-9, '.' and '-', starting with a letter or digit");
        }
    }

    /** Whether {@code text} can be a node name. */
    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
