package io.statefulkit.survival.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One page that leads to the reports of many runs, those that lost data first. */
public final class IndexPage {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> ORDER = List.of("VIOLATED", "INCONCLUSIVE", "SURVIVED");

    private IndexPage() {}

    /**
     * A page about all runs that have a directory with a {@code survival.json} in this one; what is none is left out.
     *
     * @throws UncheckedIOException when the directory cannot be read
     */
    public static String of(Path directory) {
        SortedMap<String, JsonNode> found = results(directory);
        List<Row> rows = new ArrayList<>();
        found.forEach((run, json) -> rows.add(row(run, json)));
        rows.sort(Comparator.<Row>comparingInt(row -> ORDER.indexOf(row.verdict()))
                .thenComparing(Row::subject)
                .thenComparing(Row::disruptions)
                .thenComparing(Row::run));
        return HtmlReport.template("index.html").execute(new Index(rows.size(), Grid.of(found), rows));
    }

    /** The results of the runs by the names of their directories. */
    static SortedMap<String, JsonNode> results(Path directory) {
        SortedMap<String, JsonNode> found = new TreeMap<>();
        try (Stream<Path> runs = Files.list(directory)) {
            runs.forEach(run ->
                    result(run).ifPresent(json -> found.put(run.getFileName().toString(), json)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the runs in " + directory, e);
        }
        return found;
    }

    record Index(int runs, Grid grid, List<Row> rows) {}

    record Row(
            String subject, String disruptions, String verdict, String style, String lost, String outage, String run) {}

    private static Optional<JsonNode> result(Path run) {
        try {
            JsonNode json = JSON.readTree(Files.readString(run.resolve("survival.json")));
            return ORDER.contains(json.path("verdict").asText()) ? Optional.of(json) : Optional.empty();
        } catch (IOException e) {
            // A directory of something else, or a run that is being written.
            return Optional.empty();
        }
    }

    private static Row row(String run, JsonNode json) {
        String verdict = json.path("verdict").asText();
        List<JsonNode> steps =
                StreamSupport.stream(json.path("steps").spliterator(), false).toList();
        long longest = steps.stream()
                .mapToLong(step -> step.path("outageMillis").asLong())
                .max()
                .orElse(0);
        return new Row(
                json.path("subject").asText(),
                String.join(
                        ", ",
                        steps.stream()
                                .map(step -> step.path("disruption").asText())
                                .toList()),
                verdict,
                verdict.toLowerCase(Locale.ROOT),
                StepRow.number(json.path("rows").path("LOST").asLong()),
                String.format(Locale.ROOT, "%.2f s", longest / 1000.0),
                run);
    }
}
