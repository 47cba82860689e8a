package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of clauses names tests that there are. */
class KubernetesClausesTest {

    private static final Path PROJECT = Path.of("..");
    private static final List<Path> SOURCES = List.of(
            PROJECT.resolve("stateful-embedded/src/test/java"),
            PROJECT.resolve("integration-tests/embedded/src/test/java"));
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void every_clause_has_tests_that_exist_or_says_why_not() throws IOException {
        Map<String, String> sources = sources();
        List<String> wrong = new ArrayList<>();
        int named = 0;
        for (String row : Files.readAllLines(PROJECT.resolve("docs/kubernetes-clauses.md"))) {
            if (!row.startsWith("| ") || row.startsWith("| clause")) {
                continue;
            }
            Matcher matcher = NAMED.matcher(row);
            int before = named;
            while (matcher.find()) {
                named++;
                if (!sources.getOrDefault(matcher.group(1), "").contains(" void " + matcher.group(2) + "(")) {
                    wrong.add(matcher.group());
                }
            }
            if (named == before && !row.contains("| *not*: ")) {
                wrong.add(row);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(named).isGreaterThan(150);
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.put(name, Files.readString(file));
                }
            }
        }
        return sources;
    }
}
