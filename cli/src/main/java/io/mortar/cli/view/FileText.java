package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** A file or directory, as the admin API describes it, as text for people. */
public final class FileText {
    private FileText() {}

    public static List<String> stat(JsonNode found) {
        List<String> lines = new ArrayList<>();
        boolean directory = found.path("type").asText().equals("directory");
        lines.add("Path:     " + found.path("volume").asText() + ":"
                + found.path("path").asText());
        lines.add("Type:     " + found.path("type").asText());
        if (!directory) {
            long sizeBytes = found.path("size").asLong();
            lines.add("Size:     " + sizeBytes + (sizeBytes < 1024 ? "" : " (" + ByteSize.human(sizeBytes) + ")"));
        }
        lines.add("Modified: " + found.path("mtime").asText());
        if (directory) {
            return lines;
        }
        lines.add("ETag:     " + found.path("etag").asText());
        lines.add("CRC32C:   " + found.path("crc32c").asText());
        if (found.path("inline").asBoolean()) {
            lines.add("Stripes:  none: a file this small is kept with the metadata");
        } else {
            lines.addAll(stripes(found.path("layout")));
        }
        return lines;
    }

    /** Where the chunks of a file are, column by column. */
    public static List<String> stripes(JsonNode layout) {
        List<String> lines = new ArrayList<>();
        int columns = 0;
        int replicas = 1;
        for (JsonNode column : layout.path("columns")) {
            columns = Math.max(columns, column.path("column").asInt() + 1);
            replicas = Math.max(replicas, column.path("replica").asInt() + 1);
        }
        lines.add("Stripes:  " + columns + " columns" + (replicas > 1 ? " of " + replicas + " copies" : "")
                + ", chunks of "
                + ByteSize.exact(layout.path("stripeUnitBytes").asLong()) + ", the first one on column "
                + layout.path("firstColumn").asText());
        Table table = new Table(">COLUMN", "BRICK", ">CHUNKS", ">BYTES");
        for (JsonNode column : layout.path("columns")) {
            table.row(
                    column.path("column").asText(),
                    column.path("brick").asText(),
                    column.path("chunks").asText(),
                    column.path("bytes").asText());
        }
        lines.addAll(table.lines());
        return lines;
    }
}
