package io.mortar.gateway.conditions;

import io.mortar.core.namespace.ETag;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Value of {@code If-Match} or {@code If-None-Match} (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @param any whether it is {@code *}; then there are no tags
 */
public record EntityTags(boolean any, List<Tag> tags) {
    static final int TAGS_MAX = 64;
    static final EntityTags ANY = new EntityTags(true, List.of());

    /** One tag; {@code opaque} is without quotes. */
    public record Tag(boolean weak, String opaque) {
        /** Both are strong and the same. */
        public boolean matchesStrongly(ETag etag) {
            return !weak && opaque.equals(etag.value());
        }

        /** The same, strong or not. */
        public boolean matchesWeakly(ETag etag) {
            return opaque.equals(etag.value());
        }
    }

    public EntityTags {
        tags = List.copyOf(tags);
    }

    /** Parses a header's value; refused with BAD_REQUEST when it is neither {@code *} nor a list of tags. */
    public static EntityTags parse(String header, String value) {
        String rest = value.strip();
        if (rest.equals("*")) {
            return ANY;
        }
        List<Tag> tags = new ArrayList<>();
        while (true) {
            boolean weak = rest.startsWith("W/");
            int open = weak ? 2 : 0;
            int close = rest.startsWith("\"", open) ? rest.indexOf('"', open + 1) : -1;
            if (close < 0 || tags.size() == TAGS_MAX) {
                throw malformed(header, value);
            }
            tags.add(new Tag(weak, rest.substring(open + 1, close)));
            rest = rest.substring(close + 1).strip();
            if (rest.isEmpty()) {
                return new EntityTags(false, tags);
            }
            if (!rest.startsWith(",")) {
                throw malformed(header, value);
            }
            rest = rest.substring(1).strip();
        }
    }

    private static RefusedException malformed(String header, String value) {
        return new RefusedException(
                RefusalCode.BAD_REQUEST,
                "cannot read " + header + ": " + value + ": it must be * or at most " + TAGS_MAX
                        + " tags in quotes, such as \"1-2a-7\"");
    }
}
