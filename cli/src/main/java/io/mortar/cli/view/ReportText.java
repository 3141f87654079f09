package io.mortar.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** How every report begins, and how a command ends that shows one. The words are those of the API. */
public final class ReportText {
    private ReportText() {}

    /** The verdict, and the reasons for it. */
    public static List<String> head(JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add("Verdict:  " + report.path("verdict").asText()
                + (isPartial(report) ? " (partial: as the asked node sees it)" : ""));
        lines.addAll(reasons(report, "  "));
        return lines;
    }

    /** A line for each reason. */
    public static List<String> reasons(JsonNode report, String indent) {
        List<String> lines = new ArrayList<>();
        for (JsonNode reason : report.path("reasons")) {
            lines.add(indent + reason.path("verdict").asText() + " "
                    + reason.path("code").asText() + ": "
                    + reason.path("text").asText());
        }
        return lines;
    }

    /** What somebody has to know who looks at a report for something else than its verdict; nothing for a whole one. */
    public static List<String> partialNote(JsonNode report) {
        return isPartial(report)
                ? List.of("NOTE: the pool's metadata did not answer; this is what the asked node knows"
                        + (report.path("asOf").isTextual()
                                ? " as of " + report.path("asOf").asText()
                                : ""))
                : List.of();
    }

    /** DEGRADED if something is not OK, INCOMPLETE if the report is partial. */
    public static ExitCode exit(JsonNode report) {
        if (isPartial(report)) {
            return ExitCode.INCOMPLETE;
        }
        return report.path("verdict").asText().equals("OK") ? ExitCode.OK : ExitCode.DEGRADED;
    }

    /** INCOMPLETE if the report is partial; for commands that judge nothing. */
    public static ExitCode completeness(JsonNode report) {
        return isPartial(report) ? ExitCode.INCOMPLETE : ExitCode.OK;
    }

    private static boolean isPartial(JsonNode report) {
        return report.path("partial").asBoolean();
    }
}
