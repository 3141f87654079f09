package io.mortar.benchmarks.report;

import io.mortar.benchmarks.report.Figure.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All figures of a run. Mortar's figures are compared with those of a peer that have the same name. */
public final class Report {
    public static final String MORTAR = "mortar";
    private static final Set<String> PEERS = Set.of("nginx", "glusterfs");

    private final List<Figure> figures = new ArrayList<>();

    public void add(Figure figure) {
        figures.add(figure);
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** Whether every target that was measured is met. */
    public boolean allMet() {
        return figures.stream().allMatch(figure -> figure.target() == null || isMet(figure, figure.target()));
    }

    /** One line per figure of Mortar, a peer's median beside it. */
    public String comparison() {
        Table table = new Table("", "mortar", "min..max", "peer", "ratio", "unit", "target", "");
        for (Figure figure : figures) {
            if (!figure.server().equals(MORTAR)) {
                continue;
            }
            Samples samples = figure.samples();
            Figure peer = peerOf(figure);
            Target target = figure.target();
            table.row(
                    figure.name(),
                    Table.number(samples.median()),
                    Table.number(samples.min()) + ".." + Table.number(samples.max()),
                    peer == null
                            ? ""
                            : peer.server() + " " + Table.number(peer.samples().median()),
                    peer == null ? "" : String.format(Locale.ROOT, "%.2f", ratio(figure)),
                    figure.unit(),
                    target == null ? "" : target.text(),
                    target == null ? "" : isMet(figure, target) ? "pass" : "MISS");
        }
        return table.toString();
    }

    /** Figures of others that have no counterpart, such as those of the plain disk. */
    public String others() {
        Table table = new Table("", "server", "median", "min..max", "unit");
        for (Figure figure : figures) {
            if (!figure.server().equals(MORTAR) && !PEERS.contains(figure.server())) {
                Samples samples = figure.samples();
                table.row(
                        figure.name(),
                        figure.server(),
                        Table.number(samples.median()),
                        Table.number(samples.min()) + ".." + Table.number(samples.max()),
                        figure.unit());
            }
        }
        return table.toString();
    }

    public String json(Map<String, String> machine) {
        Json json = new Json().openObject().name("machine").openObject();
        machine.forEach((key, value) -> json.name(key).text(value));
        json.close().name("figures").openArray();
        for (Figure figure : figures) {
            json.openObject().name("name").text(figure.name()).name("server").text(figure.server());
            json.name("unit")
                    .text(figure.unit())
                    .name("median")
                    .number(figure.samples().median());
            json.name("samples").openArray();
            figure.samples().values().forEach(json::number);
            json.close();
            if (peerOf(figure) != null && figure.server().equals(MORTAR)) {
                json.name("ratio").number(ratio(figure));
            }
            Target target = figure.target();
            if (target != null) {
                json.name("target").text(target.text());
                json.name("met").bool(isMet(figure, target));
            }
            json.close();
        }
        return json.close().close().toString();
    }

    private boolean isMet(Figure figure, Target target) {
        return target.isMet(figure.samples().median(), ratio(figure));
    }

    private double ratio(Figure figure) {
        Figure peer = peerOf(figure);
        return peer == null
                ? Double.NaN
                : figure.samples().median() / peer.samples().median();
    }

    private @Nullable Figure peerOf(Figure figure) {
        return figures.stream()
                .filter(other -> PEERS.contains(other.server()) && other.name().equals(figure.name()))
                .findFirst()
                .orElse(null);
    }
}
