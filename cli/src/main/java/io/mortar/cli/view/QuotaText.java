package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.List;

/** Quotas, as the admin API describes them, as text for people. */
public final class QuotaText {
    private QuotaText() {}

    public static List<String> list(JsonNode quotas) {
        Table table = new Table("DIRECTORY", ">USED", ">LIMIT", ">USE%", ">ENTRIES", ">LIMIT", ">USE%");
        for (JsonNode quota : quotas) {
            JsonNode usedBytes = quota.path("usedBytes");
            JsonNode usedEntries = quota.path("usedEntries");
            table.row(
                    quota.path("path").asText(),
                    ByteSize.human(usedBytes.asLong()),
                    bytes(quota.path("limitBytes")),
                    percent(usedBytes, quota.path("limitBytes")),
                    usedEntries.asText(),
                    entries(quota.path("limitEntries")),
                    percent(usedEntries, quota.path("limitEntries")));
        }
        return table.lines();
    }

    /** A quota that was set just now. */
    public static String set(JsonNode quota) {
        return "'" + quota.path("path").asText() + "' holds "
                + ByteSize.human(quota.path("usedBytes").asLong()) + " in "
                + quota.path("usedEntries").asText() + " files and directories, and may hold "
                + bytes(quota.path("limitBytes")) + " in " + entries(quota.path("limitEntries")) + ".";
    }

    private static String bytes(JsonNode limit) {
        return limit.isNumber() ? ByteSize.human(limit.asLong()) : "any";
    }

    private static String entries(JsonNode limit) {
        return limit.isNumber() ? limit.asText() : "any";
    }

    /** Rounded up, as df does; above 100 for what held more before it was limited. */
    private static String percent(JsonNode used, JsonNode limit) {
        return limit.asLong() > 0 ? (long) Math.ceil(100.0 * used.asLong() / limit.asLong()) + "%" : "-";
    }
}
