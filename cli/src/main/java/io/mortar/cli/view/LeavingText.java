package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.List;
import java.util.Locale;

/** How far bricks are that are being taken out of a volume, as text for people. */
public final class LeavingText {
    private LeavingText() {}

    /**
     * @param bricks as the admin API describes them
     * @param gone bricks that were asked for and are not the volume's
     */
    public static List<String> status(String volume, JsonNode bricks, List<String> gone) {
        if (bricks.isEmpty() && gone.isEmpty()) {
            return List.of("No brick is leaving the volume '" + volume + "'.");
        }
        Table table = new Table("BRICK", "STATE", "HEALTH", ">LEFT", "GOES TO");
        for (JsonNode brick : bricks) {
            boolean leaving = brick.path("leaving").asBoolean();
            table.row(
                    brick.path("brick").asText(),
                    leaving ? "leaving" : "stays",
                    brick.path("health").asText().toLowerCase(Locale.ROOT),
                    leaving
                            ? ByteSize.human(
                                    brick.path("capacity").path("usedBytes").asLong())
                            : "",
                    leaving ? brick.path("successor").asText("the others") : "");
        }
        gone.forEach(brick -> table.row(brick, "not in the volume", "", "", ""));
        return table.lines();
    }
}
