package io.mortar.cli.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.load.LoadReport;
import io.mortar.cli.drill.load.Operation.Kind;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report of a drill, for people and for programs. */
public final class DrillText {
    private DrillText() {}

    public static String line(Injection injection) {
        String noticed =
                injection.noticedAfterMillis() < 0 ? "" : "; noticed after " + seconds(injection.noticedAfterMillis());
        String whole = injection.wholeAfterMillis() < 0
                ? ""
                : "; all as it should be " + seconds(injection.wholeAfterMillis()) + " later";
        return String.format(
                Locale.ROOT,
                "  %8s  %-8s %s: %s%s%s",
                seconds(injection.atMillis()),
                injection.fault(),
                injection.node(),
                injection.what(),
                noticed,
                whole);
    }

    public static List<String> lines(DrillReport report) {
        LoadReport load = report.load();
        List<String> lines = new ArrayList<>();
        lines.add(report.verdict() + ": " + verdict(report));
        lines.add("");
        lines.add("Faults: " + report.injections().size() + " in " + seconds(report.lengthMillis()) + ", seed "
                + report.seed() + ".");
        report.skipped().forEach(each -> lines.add("Skipped " + each + "."));
        lines.add("");
        lines.addAll(operations(load));
        lines.add("");
        lines.add("Written " + ByteSize.human(load.volume().writtenBytes()) + ", read "
                + ByteSize.human(load.volume().readBytes()) + " and compared.");
        lines.add("Attempts that were refused or not answered, and repeated: "
                + (load.troubles().isEmpty() ? "none" : troubles(load)) + ".");
        if (load.unanswered() > 0) {
            lines.add("Operations that never succeeded: " + load.unanswered() + ".");
        }
        lines.add("At the end " + load.volume().verifiedFiles() + " files were compared through every node"
                + (load.volume().unverifiedFiles() == 0
                        ? "."
                        : "; " + load.volume().unverifiedFiles() + " could not be read."));
        lines.add("Acknowledged files lost: " + load.lost() + ". Files with wrong bytes: " + load.wrong() + ".");
        load.findings().forEach(finding -> lines.add("  " + finding));
        return lines;
    }

    public static String json(DrillReport report) {
        LoadReport load = report.load();
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("verdict", report.verdict().name())
                .put("seed", report.seed())
                .put("lengthMillis", report.lengthMillis())
                .put("lost", load.lost())
                .put("wrong", load.wrong())
                .put("unanswered", load.unanswered())
                .put("longestStallMillis", load.longestMillis())
                .put("verifiedFiles", load.volume().verifiedFiles())
                .put("unverifiedFiles", load.volume().unverifiedFiles())
                .put("writtenBytes", load.volume().writtenBytes())
                .put("readBytes", load.volume().readBytes());
        ArrayNode faults = json.putArray("faults");
        for (Injection injection : report.injections()) {
            ObjectNode fault = faults.addObject();
            fault.put("atMillis", injection.atMillis())
                    .put("fault", injection.fault())
                    .put("node", injection.node())
                    .put("what", injection.what());
            millis(fault, "noticedAfterMillis", injection.noticedAfterMillis());
            millis(fault, "wholeAfterMillis", injection.wholeAfterMillis());
        }
        ArrayNode skipped = json.putArray("skipped");
        report.skipped().forEach(skipped::add);
        ObjectNode operations = json.putObject("operations");
        new TreeMap<>(load.lines())
                .forEach((kind, line) -> operations
                        .putObject(word(kind))
                        .put("count", line.count())
                        .put("longestMillis", line.longestMillis())
                        .put("longestAtMillis", line.longestBeganMillis()));
        ObjectNode refused = json.putObject("repeatedAttempts");
        new TreeMap<>(load.troubles()).forEach(refused::put);
        ArrayNode findings = json.putArray("findings");
        load.findings().forEach(finding -> findings.add(finding.toString()));
        return json.toString();
    }

    private static void millis(ObjectNode json, String name, long millis) {
        if (millis < 0) {
            json.putNull(name);
        } else {
            json.put(name, millis);
        }
    }

    private static String verdict(DrillReport report) {
        return switch (report.verdict()) {
            case OK ->
                "no acknowledged byte was lost or wrong, and nobody waited for more than "
                        + seconds(report.load().longestMillis()) + ".";
            case WARN -> "no acknowledged byte was lost or wrong, but not all went as promised: see below.";
            case ERROR -> "acknowledged bytes are lost or wrong, or could not be compared: see below.";
        };
    }

    private static List<String> operations(LoadReport load) {
        Table table = new Table("OPERATION", "COUNT", "LONGEST", "BEGUN AT");
        new TreeMap<>(load.lines())
                .forEach((kind, line) -> table.row(
                        word(kind),
                        Integer.toString(line.count()),
                        seconds(line.longestMillis()),
                        seconds(line.longestBeganMillis())));
        return table.lines();
    }

    private static String troubles(LoadReport load) {
        return new TreeMap<>(load.troubles())
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
