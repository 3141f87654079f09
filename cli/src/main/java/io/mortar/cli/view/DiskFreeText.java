package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.List;

/** Room, in the columns of {@code df -h}. */
public final class DiskFreeText {
    private DiskFreeText() {}

    /** A line per volume, and the sum. */
    public static List<String> volumes(JsonNode volumes, boolean exact) {
        Table table = table("Volume");
        long totalBytes = 0;
        long usedBytes = 0;
        long freeBytes = 0;
        long reservedBytes = 0;
        for (JsonNode volume : volumes) {
            JsonNode capacity = volume.path(volume.has("usable") ? "usable" : "capacity");
            String name = volume.path("name").asText() + ":";
            long volumeReservedBytes =
                    volume.path("capacity").path("reservedBytes").asLong();
            row(
                    table,
                    name,
                    capacity,
                    volumeReservedBytes,
                    exact,
                    volume.path("bricks").size() + " bricks" + replicas(volume));
            reservedBytes += volumeReservedBytes;
            totalBytes += capacity.path("totalBytes").asLong();
            usedBytes += capacity.path("usedBytes").asLong();
            freeBytes += capacity.path("freeBytes").asLong();
        }
        if (volumes.size() != 1) {
            JsonNode sum = JsonNodeFactory.instance
                    .objectNode()
                    .put("totalBytes", totalBytes)
                    .put("usedBytes", usedBytes)
                    .put("freeBytes", freeBytes);
            row(table, "total", sum, reservedBytes, exact, volumes.size() + " volumes");
        }
        return table.lines();
    }

    /** A line per brick of a volume, and the sum. */
    public static List<String> bricks(JsonNode volume, boolean exact) {
        Table table = table("Brick");
        for (JsonNode brick : volume.path("bricks")) {
            row(
                    table,
                    brick.path("brick").asText(),
                    brick.path("capacity"),
                    brick.path("capacity").path("reservedBytes").asLong(),
                    exact,
                    volume.path("name").asText() + ":");
        }
        row(
                table,
                "total",
                volume.path("capacity"),
                volume.path("capacity").path("reservedBytes").asLong(),
                exact,
                volume.path("name").asText() + ":");
        if (volume.path("replica").asInt(1) > 1) {
            row(
                    table,
                    "usable",
                    volume.path("usable"),
                    0,
                    exact,
                    volume.path("name").asText() + ":" + replicas(volume));
        }
        return table.lines();
    }

    /** What a volume with copies has room for is less than the sum of its bricks. */
    private static String replicas(JsonNode volume) {
        int replica = volume.path("replica").asInt(1);
        return replica > 1 ? ", replica " + replica : "";
    }

    private static Table table(String what) {
        return new Table(
                what, ">Size", ">Used", ">Avail", ">Reserved", ">Use%", what.equals("Brick") ? "Volume" : "On");
    }

    private static void row(
            Table table, String name, JsonNode capacity, long reservedBytes, boolean exact, String where) {
        long usedBytes = capacity.path("usedBytes").asLong();
        long freeBytes = capacity.path("freeBytes").asLong();
        table.row(
                name,
                size(capacity.path("totalBytes").asLong(), exact),
                size(usedBytes, exact),
                size(freeBytes, exact),
                size(reservedBytes, exact),
                percent(usedBytes, freeBytes),
                where);
    }

    private static String size(long bytes, boolean exact) {
        return exact ? Long.toString(bytes) : ByteSize.human(bytes);
    }

    /** Rounded up, as df does, so that a brick with a single byte in it is not empty. */
    private static String percent(long usedBytes, long freeBytes) {
        long allBytes = usedBytes + freeBytes;
        return allBytes == 0 ? "-" : (long) Math.ceil(100.0 * usedBytes / allBytes) + "%";
    }
}
