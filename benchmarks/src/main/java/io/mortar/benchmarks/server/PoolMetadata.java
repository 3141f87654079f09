package io.mortar.benchmarks.server;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /api/v1/meta} tells about the replicas of the pool's metadata.
 *
 * @param leader name of the node that leads; null while none does
 * @param term empty when the node that answered has no replica
 */
public record PoolMetadata(@Nullable String leader, OptionalLong term, List<Member> members) {
    private static final String MEMBERS = "\"members\"";
    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*}");
    private static final long SILENT_MILLIS_MAX = 2_000;

    /**
     * One replica.
     *
     * @param node its node's name; null when the node that answered has never seen it
     * @param lag entries that it lacks; empty where only the leader knows
     * @param silentMillis since it last answered the leader
     */
    public record Member(
            @Nullable String node, boolean voter, OptionalLong lag, OptionalLong silentMillis, boolean copying) {}

    public PoolMetadata {
        members = List.copyOf(members);
    }

    static PoolMetadata parse(String json) {
        int split = json.indexOf(MEMBERS);
        if (split < 0) {
            throw new IllegalArgumentException("no members in " + json);
        }
        String head = json.substring(0, split);
        List<Member> members = new ArrayList<>();
        Matcher objects = OBJECT.matcher(json.substring(split));
        while (objects.find()) {
            String member = objects.group();
            members.add(new Member(
                    text(member, "node"),
                    "voter".equals(text(member, "role")),
                    number(member, "lag"),
                    number(member, "silentMillis"),
                    member.matches("(?s).*\"receivesSnapshot\"\\s*:\\s*true.*")));
        }
        return new PoolMetadata(text(head, "leader"), number(head, "term"), members);
    }

    /** Whether the group leads, has exactly {@code voters} members, and all of them vote, answer and lack nothing. */
    public boolean isSettled(int voters) {
        return leader != null
                && members.size() == voters
                && members.stream()
                        .allMatch(member -> member.voter()
                                && member.lag().orElse(-1) == 0
                                && member.silentMillis().orElse(0) <= SILENT_MILLIS_MAX);
    }

    /** The replica on node {@code node}, or null. */
    public @Nullable Member memberOn(String node) {
        return members.stream()
                .filter(member -> node.equals(member.node()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(String json, String key) {
        Matcher matcher =
                Pattern.compile("\"" + key + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static OptionalLong number(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\"\\s*:\\s*(-?[0-9]+)").matcher(json);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
