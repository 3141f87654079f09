package io.mortar.cli.drill.guided;

/** Words of commands that a person copies into a shell. */
final class Shell {
    private static final String SAFE = "[A-Za-z0-9_./:@%+=,-]+";

    private Shell() {}

    static String quoted(String word) {
        return word.matches(SAFE) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
