package io.mortar.protocol.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A two-way table of the tags under which record types are sent or stored. A tag, once released, never changes its meaning. */
public final class Tags {
    private final Map<String, Class<? extends Record>> types = new HashMap<>();
    private final Map<Class<?>, String> tags = new HashMap<>();

    /** Adds a pair; throws {@link IllegalArgumentException} if either half is there already. Returns this. */
    public Tags with(String tag, Class<? extends Record> type) {
        if (types.putIfAbsent(tag, type) != null || tags.putIfAbsent(type, tag) != null) {
            throw new IllegalArgumentException("tag " + tag + " or type " + type.getName() + " is in the table twice");
        }
        return this;
    }

    /** The tag of {@code type}; throws {@link IllegalArgumentException} for a type that is not in the table. */
    public String tagOf(Class<?> type) {
        String tag = tags.get(type);
        if (tag == null) {
            throw new IllegalArgumentException("type " + type.getName() + " has no tag: add it to the table");
        }
        return tag;
    }

    /** The type of {@code tag}, if this version knows it. */
    public Optional<Class<? extends Record>> typeOf(String tag) {
        return Optional.ofNullable(types.get(tag));
    }

    /** All pairs. */
    public Map<String, Class<? extends Record>> all() {
        return Map.copyOf(types);
    }
}
