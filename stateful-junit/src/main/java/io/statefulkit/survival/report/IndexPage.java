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
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> runs = Files.list(directory)) {
            runs.sorted().forEach(run -> row(run).ifPresent(rows::add));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the runs in " + directory, e);
        }
        rows.sort(Comparator.<Row>comparingInt(row -> ORDER.indexOf(row.verdict()))
                .thenComparing(Row::subject)
                .thenComparing(Row::disruptions)
                .thenComparing(Row::run));
        return HtmlReport.template("index.html").execute(new Index(rows.size(), rows));
    }

    record Index(int runs, List<Row> rows) {}

    record Row(
            String subject, String disruptions, String verdict, String style, String lost, String outage, String run) {}

    private static Optional<Row> row(Path run) {
        try {
            JsonNode json = JSON.readTree(Files.readString(run.resolve("survival.json")));
            String verdict = json.path("verdict").asText();
            return ORDER.contains(verdict) ? Optional.of(row(run, json, verdict)) : Optional.empty();
        } catch (IOException e) {
            // A directory of something else, or a run that is being written.
            return Optional.empty();
        }
    }

    private static Row row(Path run, JsonNode json, String verdict) {
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
                run.getFileName().toString());
    }
}
