package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code in the guide is code that is compiled. Run with {@code -Dgolden.update=true} to copy it from its sources. */
class SnippetsTest {

    @Test
    void pages_show_code_as_it_is_in_its_source() throws IOException {
        for (Page page : Page.all()) {
            List<String> expected = new Snippets(page).expected();
            if (Boolean.getBoolean("golden.update") && !expected.equals(page.lines())) {
                Files.writeString(page.file(), String.join("\n", expected) + "\n");
            }
            assertThat(String.join("\n", Page.of(page.file()).lines()))
                    .as("%s; -Dgolden.update=true copies the code from its source", page.name())
                    .isEqualTo(String.join("\n", expected));
        }
    }

    @Test
    void java_in_a_page_comes_from_a_source() {
        List<String> found = new ArrayList<>();
        for (Page page : Page.all()) {
            new Snippets(page).withoutSource().forEach(line -> found.add(page.name() + ":" + line));
        }
        assertThat(found)
                .as("before a block of Java: <!-- code: samples/src/….java#tag -->, and // tag::tag[] in that source")
                .isEmpty();
    }

    @Test
    void a_page_that_says_something_else_is_found() {
        String file = "samples/src/test/java/io/statefulkit/samples/orders/OrdersSurviveIT.java";
        Page page = new Page(
                Page.ROOT.resolve("page.md"),
                List.of("<!-- code: " + file + "#test -->", "```java", "old", "```", "after"));

        assertThat(new Snippets(page).expected())
                .startsWith(page.lines().get(0), "```java", "@StatefulCluster")
                .endsWith("}", "```", "after")
                .doesNotContain("old");
        assertThat(new Snippets(new Page(page.file(), List.of("text", "```java"))).withoutSource())
                .containsExactly(2);
    }
}
