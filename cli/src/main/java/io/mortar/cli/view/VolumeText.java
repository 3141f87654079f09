package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Volumes, as the admin API describes them, as text for people. */
public final class VolumeText {
    private VolumeText() {}

    public static List<String> created(JsonNode volume) {
        String name = volume.path("name").asText();
        return List.of(
                "Volume '" + name + "' is created: " + kind(volume) + ", "
                        + ByteSize.human(usable(volume).path("totalBytes").asLong())
                        + (volume.path("replica").asInt(1) > 1 ? " usable on " : " on ")
                        + volume.path("bricks").size() + " brick(s), "
                        + ByteSize.human(usable(volume).path("freeBytes").asLong()) + " free.",
                "Start it with: mortar volume start " + name);
    }

    /** What a user of a volume without redundancy has to know before files are in it. */
    public static List<String> redundancyWarning(JsonNode volume) {
        if (volume.path("replica").asInt(1) > 1) {
            return List.of();
        }
        StringBuilder bricks = new StringBuilder();
        volume.path("bricks")
                .forEach(brick -> bricks.append(' ').append(brick.path("brick").asText()));
        return List.of(
                "WARNING: this volume has no redundancy. Losing one brick loses practically every large file in it,",
                "because each of them has chunks on that brick. Keep another copy of what you cannot lose.",
                "A volume that survives the loss of a machine is created with",
                "    mortar volume create " + volume.path("name").asText() + " stripe "
                        + Math.max(1, volume.path("stripe").asInt(1) / 2) + " replica 2" + bricks,
                "with bricks on at least two machines; it has half the capacity.");
    }

    public static Table list(JsonNode volumes) {
        Table table = new Table("VOLUME", "STATE", "TYPE", ">BRICKS", ">SIZE", ">USED", ">FILES");
        for (JsonNode volume : volumes) {
            table.row(
                    volume.path("name").asText(),
                    lower(volume.path("state").asText()),
                    kind(volume),
                    Integer.toString(volume.path("bricks").size()),
                    ByteSize.human(usable(volume).path("totalBytes").asLong()),
                    ByteSize.human(usable(volume).path("usedBytes").asLong()),
                    volume.path("usage").path("files").asText("0"));
        }
        return table;
    }

    public static List<String> info(JsonNode volume) {
        JsonNode capacity = usable(volume);
        JsonNode usage = volume.path("usage");
        List<String> lines = new ArrayList<>(List.of(
                "Volume Name: " + volume.path("name").asText(),
                "Volume ID: " + volume.path("id").asText(),
                "Type: " + kind(volume),
                "Status: " + lower(volume.path("state").asText()),
                "Created: " + volume.path("created").asText(),
                "Stripe Unit: " + ByteSize.exact(volume.path("stripeUnitBytes").asLong()),
                "Replicas: " + volume.path("replica").asInt(1),
                "Capacity: " + ByteSize.human(capacity.path("totalBytes").asLong()) + ", "
                        + ByteSize.human(capacity.path("usedBytes").asLong()) + " used, "
                        + ByteSize.human(capacity.path("freeBytes").asLong()) + " free",
                "Files: " + usage.path("files").asText("0") + " in "
                        + usage.path("directories").asText("0") + " directories, "
                        + ByteSize.human(usage.path("storedBytes").asLong()),
                "Number of Bricks: " + volume.path("bricks").size(),
                "Bricks:"));
        int number = 1;
        for (JsonNode brick : volume.path("bricks")) {
            lines.add("Brick" + number++ + ": " + brick.path("brick").asText());
        }
        return lines;
    }

    public static List<String> status(JsonNode volume) {
        List<String> lines = new ArrayList<>();
        lines.add("Status of volume: " + volume.path("name").asText() + " ("
                + lower(volume.path("state").asText()) + ")");
        lines.addAll(ReportText.head(volume));
        lines.add("Type: " + kind(volume) + ", usable: "
                + ByteSize.human(usable(volume).path("totalBytes").asLong()) + ", "
                + ByteSize.human(usable(volume).path("freeBytes").asLong()) + " free");
        Table table = new Table("BRICK", "HEALTH", ">SIZE", ">USED", ">AVAIL", "REASON");
        for (JsonNode brick : volume.path("bricks")) {
            JsonNode capacity = brick.path("capacity");
            table.row(
                    brick.path("brick").asText(),
                    lower(brick.path("health").asText())
                            + (brick.path("leaving").asBoolean() ? ", leaving" : ""),
                    ByteSize.human(capacity.path("totalBytes").asLong()),
                    ByteSize.human(capacity.path("usedBytes").asLong()),
                    ByteSize.human(capacity.path("freeBytes").asLong()),
                    brick.path("reason").asText());
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** What is left to be healed, as {@code GET heal} describes it. */
    public static List<String> healing(JsonNode healing) {
        List<String> lines = new ArrayList<>();
        long left = healing.path("filesLeft").asLong();
        lines.add("Healing of volume: " + healing.path("volume").asText() + " ("
                + (left == 0 ? "nothing left to heal" : left + " file(s) left")
                + (healing.path("paused").asBoolean() ? ", paused" : "") + ")");
        if (healing.path("bricks").isEmpty()) {
            return lines;
        }
        Table table = new Table("BRICK", ">LEFT", ">HEALED", ">COPIED", "LAST ERROR");
        for (JsonNode brick : healing.path("bricks")) {
            table.row(
                    brick.path("brick").asText(),
                    brick.path("filesLeft").asText(),
                    brick.path("healedFiles").asText(),
                    ByteSize.human(brick.path("copiedBytes").asLong()),
                    brick.path("lastError").asText());
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** What files can use; a node that knows of no copies says only what the bricks have. */
    private static JsonNode usable(JsonNode volume) {
        return volume.path(volume.has("usable") ? "usable" : "capacity");
    }

    /** {@code stripe 3}, and {@code distributed stripe 3} when there are more bricks than columns. */
    private static String kind(JsonNode volume) {
        int stripe = volume.path("stripe").asInt(1);
        int replica = volume.path("replica").asInt(1);
        String distributed = volume.path("bricks").size() > stripe * replica ? "distributed " : "";
        return distributed + "stripe " + stripe + (replica > 1 ? " replica " + replica : "");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
