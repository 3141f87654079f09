package io.mortar.benchmarks.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes JSON. Order of calls is order in the text; nesting is the caller's business. */
final class Json {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean commaNeeded;

    Json openObject() {
        return open('{', "}");
    }

    Json openArray() {
        return open('[', "]");
    }

    /** Closes the innermost object or array. */
    Json close() {
        text.append(open.pop());
        commaNeeded = true;
        return this;
    }

    Json name(String name) {
        separate();
        quote(name);
        text.append(':');
        commaNeeded = false;
        return this;
    }

    Json text(String value) {
        separate();
        quote(value);
        commaNeeded = true;
        return this;
    }

    /** A number; null for NaN, which JSON does not have. */
    Json number(double value) {
        return raw(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    Json bool(boolean value) {
        return raw(Boolean.toString(value));
    }

    private Json raw(String value) {
        separate();
        text.append(value);
        commaNeeded = true;
        return this;
    }

    private Json open(char bracket, String closing) {
        separate();
        text.append(bracket);
        open.push(closing);
        commaNeeded = false;
        return this;
    }

    private void separate() {
        if (commaNeeded) {
            text.append(',');
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
