package io.statefulkit.survival.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Requirements;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a browser, looked at by axe-core. Skipped where no Chromium is installed. */
class AccessibilityIT {

    private static final long SECONDS = 120;
    private static final String BEGIN = "<pre id=\"axe-result\">";

    @TempDir
    private Path directory;

    private static String page() {
        Story story = new Story()
                .many(1, 300)
                .injected("deletePod(0)")
                .info("w1#1")
                .fail("w1#2")
                .pause(Duration.ofMillis(1830))
                .server("B")
                .ok("w2#1")
                .recovered("deletePod(0)")
                .many(301, 400)
                .read("w0#1..200,202..400 w2#1");
        Judge.Result result = new Judge(Requirements.defaults())
                .judge(story.history(), List.of(Scenes.deletion("deletePod(0)")), List.of("a doubt"));
        Surroundings surroundings = new Surroundings(
                List.of(new Surroundings.Fact("Kubernetes", "v1.36.2")),
                List.of(new Surroundings.ClusterEvent(
                        "2026-11-30T01:02:03Z", "Normal", "Pod/orders-0", "Killing", "…")),
                List.of(new Surroundings.PodLog("orders-0/postgres", "ready to accept connections")));
        return HtmlReport.of(
                new ReportInput("statefulset/orders", "0a1b", 7, story.history(), result, 0, surroundings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void the_page_has_no_barriers_that_a_program_finds(String scheme) throws IOException, InterruptedException {
        Path chromium = chromium();
        assumeThat(chromium).as("Chromium is installed").isNotEqualTo(Path.of(""));
        Path file = Files.writeString(directory.resolve("page.html"), withAxe(page()));

        JsonNode seen = JsonMapper.builder().build().readTree(dump(chromium, file, scheme));

        assertThat(seen.path("passes").asInt()).as("rules that were checked").isGreaterThan(15);
        assertThat(seen.path("scheme").asText()).isEqualTo(scheme);
        assertThat(seen.path("violations").toPrettyString()).isEqualTo("[ ]");
    }

    @Test
    void the_page_that_leads_to_all_runs_has_no_barriers_either() throws IOException, InterruptedException {
        Path chromium = chromium();
        assumeThat(chromium).as("Chromium is installed").isNotEqualTo(Path.of(""));
        for (String verdict : List.of("SURVIVED", "VIOLATED", "INCONCLUSIVE")) {
            Files.writeString(
                    Files.createDirectories(directory.resolve("runs").resolve(verdict))
                            .resolve("survival.json"),
                    "{\"subject\": \"statefulset/" + verdict + "\", \"verdict\": \"" + verdict
                            + "\", \"steps\": [{\"disruption\": \"to " + verdict + "\", \"outageMillis\": 5}]}");
        }
        Path file =
                Files.writeString(directory.resolve("index.html"), withAxe(IndexPage.of(directory.resolve("runs"))));

        JsonNode seen = JsonMapper.builder().build().readTree(dump(chromium, file, "dark"));

        assertThat(seen.path("passes").asInt()).as("rules that were checked").isGreaterThan(10);
        assertThat(seen.path("violations").toPrettyString()).isEqualTo("[ ]");
    }

    /** A copy of the page that may run scripts, with all of it unfolded. */
    private static String withAxe(String page) throws IOException {
        return page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace("<details>", "<details open>")
                .replace("</body>", "<script>" + axe() + "</script><script>" + """
                    axe.run().then(result => {
                      const seen = document.createElement('pre');
                      seen.id = 'axe-result';
                      seen.textContent = btoa(unescape(encodeURIComponent(JSON.stringify({
                        passes: result.passes.length,
                        scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
                        violations: result.violations.map(rule => ({
                          id: rule.id, help: rule.help, where: rule.nodes.slice(0, 5).map(node => node.html)}))}))));
                      document.body.appendChild(seen);
                    });
                    """ + "</script></body>");
    }

    private static String axe() throws IOException {
        try (InputStream script = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The empty path when there is none. */
    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
    }

    private String dump(Path chromium, Path page, String scheme) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=60000",
                "--dump-dom",
                page.toUri().toString()));
        if (scheme.equals("dark")) {
            command.add(1, "--blink-settings=preferredColorScheme=0");
        }
        Path dom = directory.resolve("dom.html");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(dom.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", directory.toString());
        Process browser = builder.start();
        boolean ended = browser.waitFor(SECONDS, TimeUnit.SECONDS);
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        assumeThat(ended).as("Chromium came to an end within " + SECONDS + " s").isTrue();
        return result(Files.readString(dom))
                .orElseThrow(() -> new AssertionError("axe-core left no result in the page that Chromium printed"));
    }

    private static Optional<String> result(String dom) {
        int begin = dom.indexOf(BEGIN);
        if (begin < 0) {
            return Optional.empty();
        }
        String encoded = dom.substring(begin + BEGIN.length(), dom.indexOf("</pre>", begin));
        return Optional.of(new String(java.util.Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }
}
