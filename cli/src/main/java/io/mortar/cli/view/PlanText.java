package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** What a change of a volume would take, as the admin API plans it, as text for people. */
public final class PlanText {
    private PlanText() {}

    public static List<String> of(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Nothing was changed. To be moved: " + plan.path("filesToMove").asText() + " of "
                        + plan.path("files").asText() + " file(s), "
                        + ByteSize.human(plan.path("bytesToMove").asLong())
                        + estimate(plan, "bytesToMove", "estimatedSeconds") + ".");
        if (!plan.path("feasible").asBoolean()) {
            lines.add("NOT POSSIBLE: " + plan.path("stuckFiles").asText() + " file(s), "
                    + ByteSize.human(plan.path("stuckBytes").asLong()) + ", would find no place: "
                    + plan.path("stuckReason").asText());
        }
        if (plan.path("rebalanceBytes").asLong() > 0) {
            lines.add(
                    "A rebalance would then move " + plan.path("rebalanceFiles").asText() + " file(s), "
                            + ByteSize.human(plan.path("rebalanceBytes").asLong())
                            + estimate(plan, "rebalanceBytes", "rebalanceSeconds") + "; AFTER is after that.");
        }
        Table bricks = new Table("BRICK", ">USED", ">AVAIL", ">USED AFTER", ">AVAIL AFTER");
        for (JsonNode brick : plan.path("bricks")) {
            bricks.row(
                    brick.path("brick").asText(),
                    ByteSize.human(brick.path("usedBytesBefore").asLong()),
                    ByteSize.human(brick.path("freeBytesBefore").asLong()),
                    ByteSize.human(brick.path("usedBytesAfter").asLong()),
                    ByteSize.human(brick.path("freeBytesAfter").asLong()));
        }
        lines.addAll(bricks.lines());
        Table machines = new Table("IF THIS NODE IS LOST", ">FILES LOST", ">BYTES", ">FILES AFTER", ">BYTES AFTER");
        for (JsonNode machine : plan.path("machines")) {
            machines.row(
                    machine.path("node").asText(),
                    machine.path("lostFilesBefore").asText(),
                    ByteSize.human(machine.path("lostBytesBefore").asLong()),
                    machine.path("lostFilesAfter").asText(),
                    ByteSize.human(machine.path("lostBytesAfter").asLong()));
        }
        lines.addAll(machines.lines());
        return lines;
    }

    /** How long the bytes take, and by what rate that is reckoned. */
    private static String estimate(JsonNode plan, String bytes, String seconds) {
        if (plan.path(bytes).asLong() == 0 || !plan.path(seconds).isNumber()) {
            return "";
        }
        String limit = "at most " + perSecond(plan.path("limitBytesPerSecond"));
        JsonNode measured = plan.path("measuredBytesPerSecond");
        String time = JobText.duration(plan.path(seconds).asLong());
        return measured.isNumber()
                ? ", about " + time + " (" + perSecond(measured) + " of late, " + limit + ")"
                : ", at least " + time + " (" + limit + ")";
    }

    private static String perSecond(JsonNode bytes) {
        return ByteSize.human(bytes.asLong()) + "/s";
    }
}
