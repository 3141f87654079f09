package io.mortar.cli.drill.load;

/** A promise that was broken. */
public record Finding(Kind kind, String path, String text) {
    /** How. */
    public enum Kind {
        /** An acknowledged file is not there. */
        LOST,
        /** Other bytes, other sizes, or what was taken away is there again. */
        WRONG
    }

    @Override
    public String toString() {
        return kind + " " + path + ": " + text;
    }
}
