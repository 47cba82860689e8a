package io.statefulkit.survival.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which workload was seen to survive which disruption: a row for each workload with its image and what was kept in it, a column for each
 * disruption.
 *
 * @param columns the disruptions
 * @param lines the workloads
 */
record Grid(List<String> columns, List<Line> lines) {

    private static final List<String> WORST_FIRST = List.of("VIOLATED", "INCONCLUSIVE", "SURVIVED");

    /**
     * One workload.
     *
     * @param name what it is
     * @param cells one for each column
     */
    record Line(String name, List<Cell> cells) {}

    /**
     * What the worst of the runs has shown.
     *
     * @param isTried whether there is a run
     * @param verdict its verdict in words
     * @param style its class in the page
     * @param outage its outage
     * @param run its directory
     * @param label what its link is called
     */
    record Cell(boolean isTried, String verdict, String style, String outage, String run, String label) {

        private static final Cell NONE = new Cell(false, "", "", "", "", "");
    }

    private record Tried(String line, String disruption, String verdict, long outage, String run) {}

    static Grid of(Map<String, JsonNode> runs) {
        List<Tried> all = new ArrayList<>();
        runs.forEach((run, json) -> json.path("steps").forEach(step -> all.add(tried(run, json, step))));
        List<String> columns =
                List.copyOf(new TreeSet<>(all.stream().map(Tried::disruption).toList()));
        Map<String, Map<String, List<Tried>>> lines = new TreeMap<>();
        for (Tried each : all) {
            lines.computeIfAbsent(each.line(), name -> new TreeMap<>())
                    .computeIfAbsent(each.disruption(), name -> new ArrayList<>())
                    .add(each);
        }
        List<Line> made = new ArrayList<>();
        lines.forEach((name, cells) -> made.add(new Line(
                name,
                columns.stream()
                        .map(column -> cell(name, cells.getOrDefault(column, List.of())))
                        .toList())));
        return new Grid(columns, made);
    }

    private static Tried tried(String run, JsonNode json, JsonNode step) {
        return new Tried(
                name(json),
                step.path("disruption").asText(),
                verdict(json, step),
                step.path("outageMillis").asLong(),
                run);
    }

    private static String name(JsonNode json) {
        StringBuilder name = new StringBuilder(json.path("subject").asText());
        for (JsonNode fact : json.path("facts")) {
            String what = fact.path("name").asText();
            String value = fact.path("value").asText();
            // A sidecar may well have the image of its server.
            if ((what.startsWith("image of ") || what.equals("ledger")) && name.indexOf(value) < 0) {
                name.append(", ").append(value);
            }
        }
        return name.toString();
    }

    /** A loss is that of the disruption since which rows are missing; where none is, it may be any. */
    private static String verdict(JsonNode json, JsonNode step) {
        String verdict = json.path("verdict").asText();
        boolean isAnyToBlame = false;
        for (JsonNode each : json.path("steps")) {
            isAnyToBlame |= each.path("lost").asLong() > 0;
        }
        return verdict.equals("VIOLATED") && isAnyToBlame && step.path("lost").asLong() == 0 ? "INCONCLUSIVE" : verdict;
    }

    private static Cell cell(String line, List<Tried> tried) {
        return tried.stream()
                .min(Comparator.<Tried>comparingInt(each -> WORST_FIRST.indexOf(each.verdict()))
                        .thenComparing(Comparator.comparingLong(Tried::outage).reversed())
                        .thenComparing(Tried::run))
                .map(worst -> new Cell(
                        true,
                        worst.verdict() + (tried.size() == 1 ? "" : " (worst of " + tried.size() + ")"),
                        worst.verdict().toLowerCase(Locale.ROOT),
                        String.format(Locale.ROOT, "%.2f s", worst.outage() / 1000.0),
                        worst.run(),
                        worst.verdict() + ": " + worst.disruption() + " of " + line))
                .orElse(Cell.NONE);
    }
}
